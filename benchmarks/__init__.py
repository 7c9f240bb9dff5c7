"""What Cercle costs and how fast it answers, measured."""
