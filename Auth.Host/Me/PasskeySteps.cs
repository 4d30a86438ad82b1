using Auth.Host.Http;
using Auth.Host.Passkeys;
using Auth.Host.Sessions;

namespace Auth.Host.Me;

/// <summary>Somebody wants to make a passkey.</summary>
public sealed record AddPasskeyStep(Speaker Me);

/// <summary>Their browser made one.</summary>
public sealed record AttemptPasskeyStep(Speaker Me, Guid Passkey, NewPasskeyAnswer? Answer, PasskeyFlaw? Flaw)
{
    /// <summary>Which one, and no more.</summary>
    public override string ToString() => $"AttemptPasskeyStep({Passkey})";
}

/// <summary>Somebody calls a passkey something else.</summary>
public sealed record RenamePasskeyStep(Speaker Me, Guid Passkey, string Name)
{
    /// <summary>Which one, and no more.</summary>
    public override string ToString() => $"RenamePasskeyStep({Passkey})";
}

/// <summary>Somebody takes a passkey off.</summary>
public sealed record RemovePasskeyStep(Speaker Me, Guid Passkey);

/// <summary>A passkey as the browser made it.</summary>
/// <param name="PublicKeyCredential">The JSON of <c>PublicKeyCredential.toJSON()</c>, as text.</param>
public sealed record AttemptPasskeyRequest(string PublicKeyCredential) : IFromFields<AttemptPasskeyRequest>
{
    /// <inheritdoc />
    public static AttemptPasskeyRequest From(Fields fields) => new(fields.Text("public_key_credential").Given(PasskeyAnswer.MostCharacters));

    internal AttemptPasskeyStep For(Speaker me, PasskeyId id) => NewPasskeyAnswer.Read(PublicKeyCredential) is var (answer, flaw) ? new(me, id.Value, answer, flaw) : throw new InvalidOperationException("Neither read nor not.");

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "AttemptPasskeyRequest(hidden)";
}

/// <summary>What a passkey is called.</summary>
public sealed record RenamePasskeyRequest(string Name) : IFromFields<RenamePasskeyRequest>
{
    private const int Longest = 64;

    /// <inheritdoc />
    public static RenamePasskeyRequest From(Fields fields) => new(fields.Text("name").Given(Longest));

    internal RenamePasskeyStep For(Speaker me, PasskeyId id) => new(me, id.Value, Name);

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "RenamePasskeyRequest(hidden)";
}
