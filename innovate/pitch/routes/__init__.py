"""Pages of the pitch day: the room, the console, the stage, the juror, the public."""
