namespace Auth.Host.Audit.Verbs;

/// <summary>Somebody asks for the history of an instance that is not configured here.</summary>
public sealed class NoSuchInstanceException(string asked, IEnumerable<string> known) : Exception($"--instance: there is no instance '{asked}' here. Configured are: {string.Join(", ", known)}.");
