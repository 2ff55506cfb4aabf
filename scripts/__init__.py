"""Small programs around the repository; none of them is installed."""
