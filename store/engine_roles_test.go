package store

func playRole(string) int { return 0 }
