// Stands for the modules of Node.js that Thorium's frames load and don't need: their console, paths of files.
