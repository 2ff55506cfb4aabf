"""A simulated cluster: real servers on loopback, and one seeded world behind them."""
