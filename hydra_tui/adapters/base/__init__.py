"""What every kind of service is made of: declaration, capabilities, the way kinds are found."""
