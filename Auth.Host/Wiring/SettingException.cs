namespace Auth.Host.Wiring;

/// <summary>A setting does not do. The sentence names it, says what would, and shows no secret.</summary>
public sealed class SettingException(string sentence) : InvalidOperationException(sentence);
