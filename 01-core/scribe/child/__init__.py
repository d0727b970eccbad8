"""What our child processes need: frames over a socket, an end with their parent, the tail of their output."""
