"""Where the compute happens: the GPU worker, its engines and the scheduler."""
