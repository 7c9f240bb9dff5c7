"""What the processes beside the app share: the door, the form of every no, settings, logs."""
