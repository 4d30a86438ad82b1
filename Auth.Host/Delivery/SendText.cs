using Auth.Domain;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Delivery.Mail;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.SignIns;
using Auth.Host.Wiring;
using Marten;
using Wolverine;

namespace Auth.Host.Delivery;

/// <summary>A text is due. The envelope holds ids only; the code is derived when it leaves (R24, R28).</summary>
public sealed record SendText(Guid SignIn, Guid Text);

/// <summary>Something became of a text: told to the sign-in's stream, many at a time.</summary>
public sealed record TextTold(Guid SignIn, Guid Text, string? ProviderId, string? Status, string? Code, DateTimeOffset? DeliveredAt);

/// <summary>Hands a text to the provider if it still means something: the sign-in under way, the same factors, the code alive and not followed by another.</summary>
public static class SendTextHandler
{
    /// <summary>Sends, and says what became of it.</summary>
    public static async Task<TextTold?> Handle(
        SendText due, Envelope envelope, IQuerySession session, CodeCarrier carrier, IKeyring keyring, TimeProvider clock, CancellationToken ct)
    {
        var tenant = session.TenantId;
        var batch = session.CreateBatchQuery();
        var settings = batch.Load<InstanceSettings>(InstanceSettings.TheOne);
        var latest = batch.Events.FetchLatest<SignIn>(due.SignIn);
        var users = batch.Query<User>(StreamOwner.OfSignIn, tenant, tenant, due.SignIn);
        var keys = batch.Query<PersonalKey>(StreamOwner.OfSignIn, tenant, tenant, due.SignIn);
        await batch.Execute(ct);

        var now = clock.GetUtcNow();
        if ((await users, await keys) is not ([var user], [var wrapped]) || OnItsWay(await latest) is not var (signIn, text, purpose)) return null;
        var circumstances = Circumstances.At(now, user) with { Settings = (await settings ?? InstanceSettings.Shipped).InForce };
        if (text.Text != due.Text || now >= text.Code.ExpiresAt || signIn.IsOver(now) || signIn.IsVoid(circumstances) || user.Banned || user.IsRecovered(now) || Place(user, text.Authenticator, purpose) is not { } place) return null;
        if (keyring.Unwrap(wrapped).Open(place) is not { } to) return null;

        var code = OneTimeCodes.Derive((await keyring.Of(tenant, text.Code.Key, ct)).Codes[text.Code.Key], purpose, tenant, due.SignIn, text.Authenticator, text.Code);
        var carried = await carrier.Carry(text.Authenticator.Strategy.Traits().By, to, code, Purpose(text.Authenticator), due.Text, text.Code.ExpiresAt, envelope.Attempts, ct);
        return new(due.SignIn, due.Text, carried.ProviderId, carried.Status, carried.Code, null);
    }

    private static MailedCode Purpose(Authenticator authenticator) => authenticator.Strategy.Traits().Resets ? MailedCode.ResetPassword : MailedCode.SignIn;

    private static (SignIn.Open SignIn, Message Message, string Purpose)? OnItsWay(SignIn? signIn) => signIn switch
    {
        SignIn.AwaitingFirstFactor { Prepared: { } sent } s  => (s, sent, OneTimeCodes.FirstFactor),
        SignIn.AwaitingSecondFactor { Prepared: { } sent } s => (s, sent, OneTimeCodes.SecondFactor),
        _ => null,
    };

    /// <summary>Where it goes, fixed when it was prepared (R22): a verified identifier for a first factor, a reserved number for a second one.</summary>
    private static Sealed? Place(User user, Authenticator to, string purpose) => to.Strategy.Traits().By switch
    {
        Channel.Text when purpose == OneTimeCodes.SecondFactor => user.SecondFactors().FirstOrDefault(number => number.Id == to.Id)?.Number,
        Channel.Text                                           => user.PhoneNumbers.Find(number => number.Verified && number.Id == to.Id)?.Number,
        Channel.Mail                                           => user.EmailAddresses.Find(address => address.Verified && address.Id == to.Id)?.Address,
        _                                                      => null,
    };
}
