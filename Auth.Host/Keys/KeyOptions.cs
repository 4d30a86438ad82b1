namespace Auth.Host.Keys;

/// <summary>Where the root key comes from (<c>Auth:Keys</c>). Exactly one of value and file; in Development neither is needed.</summary>
public sealed class KeyOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Auth:Keys";

    /// <summary>32 random bytes in base64.</summary>
    public string? Root { get; set; }

    /// <summary>A file that holds the same; also spelled <c>Auth:Keys:Root_FILE</c>, as container secrets are.</summary>
    public string? RootFile { get; set; }

    /// <summary>Development: the folder where the root key is made once and found again.</summary>
    public string? Folder { get; set; }

    /// <summary>How long what strangers typed stays readable.</summary>
    public int StrangerDays { get; set; } = 30;

    /// <summary>Hides the root key.</summary>
    public override string ToString() => "KeyOptions(hidden)";
}
