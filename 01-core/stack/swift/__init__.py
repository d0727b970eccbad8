"""What runs inside the S3 server's processes, and therefore imports nothing of the stack."""
