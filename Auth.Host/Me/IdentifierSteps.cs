using Auth.Domain.SignIns;
using Auth.Host.Factors;
using Auth.Host.Http;
using Auth.Host.Sessions;
using Auth.Host.Users;

namespace Auth.Host.Me;

/// <summary>Somebody adds an address or a number to their account.</summary>
public sealed record AddIdentifierStep(Speaker Me, CanonicalIdentifier Identifier, bool ThenReserve)
{
    /// <summary>Nothing of it.</summary>
    public override string ToString() => "AddIdentifierStep(hidden)";
}

/// <summary>Somebody wants a code sent to an address or number they added.</summary>
public sealed record PrepareIdentifierStep(Speaker Me, Guid Identifier, Strategy? Strategy);

/// <summary>Somebody enters the code that was sent there.</summary>
public sealed record AttemptIdentifierStep(Speaker Me, Guid Identifier, IdentifierKind Kind, OfferedCode Code);

/// <summary>Somebody changes 2-step verification for a number of theirs.</summary>
public sealed record ChangeNumberStep(Speaker Me, Guid Number, bool? ReservedForSecondFactor, bool? DefaultSecondFactor);

/// <summary>Somebody takes an address or a number off their account.</summary>
public sealed record RemoveIdentifierStep(Speaker Me, Guid Identifier, IdentifierKind Kind);

/// <summary>An address to add.</summary>
public sealed record AddEmailAddressRequest(string EmailAddress) : IFromFields<AddEmailAddressRequest>
{
    /// <inheritdoc />
    public static AddEmailAddressRequest From(Fields fields) => new(fields.Text("email_address").Given());

    internal AddIdentifierStep For(Speaker me) => new(me, CanonicalIdentifier.OfEmailAddress(EmailAddress) ?? throw Problems.FieldMalformed.About("email_address").Refuse(), false);

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "AddEmailAddressRequest(hidden)";
}

/// <summary>A number to add.</summary>
/// <param name="ReservedForSecondFactor">It becomes a second factor once it is verified.</param>
public sealed record AddPhoneNumberRequest(string PhoneNumber, bool? ReservedForSecondFactor) : IFromFields<AddPhoneNumberRequest>
{
    /// <inheritdoc />
    public static AddPhoneNumberRequest From(Fields fields) => new(fields.Text("phone_number").Given(), fields.Flag("reserved_for_second_factor"));

    internal AddIdentifierStep For(Speaker me) =>
        new(me, CanonicalIdentifier.OfPhoneNumber(PhoneNumber) ?? throw Problems.FieldMalformed.About("phone_number").Refuse(), ReservedForSecondFactor ?? false);

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "AddPhoneNumberRequest(hidden)";
}

/// <summary>How to have the code sent: <c>email_code</c> or <c>phone_code</c>.</summary>
public sealed record PrepareIdentifierRequest(string Strategy) : IFromFields<PrepareIdentifierRequest>
{
    /// <inheritdoc />
    public static PrepareIdentifierRequest From(Fields fields) => new(fields.Text("strategy").Given());

    internal PrepareIdentifierStep For(Speaker me, IdentifierId id) => new(me, id.Value, Strategies.Named(Strategy));
}

/// <summary>A code that was sent.</summary>
/// <param name="Code">Exactly six ASCII digits, as a string (R21).</param>
public sealed record CodeRequest(string Code) : IFromFields<CodeRequest>
{
    /// <inheritdoc />
    public static CodeRequest From(Fields fields) => new(fields.Code("code"));

    internal OfferedCode Offered() => new(Code);

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "CodeRequest(hidden)";
}
