"""Where the local offer comes from: files, other formats, and every fault told with its place."""
