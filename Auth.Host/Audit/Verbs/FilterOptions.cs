using System.CommandLine;
using System.Net;
using Auth.Domain.Audits;
using Auth.Domain.SignIns;
using Auth.Host.Audit.Search;
using Auth.Host.Audit.Streams;
using Auth.Host.Http;
using Auth.Host.Users;
using Command = System.CommandLine.Command;

namespace Auth.Host.Audit.Verbs;

/// <summary>The options by which events are looked for: the same as the audit API's.</summary>
internal sealed class FilterOptions
{
    private readonly Option<string?> _type = new("--type") { HelpName = "names", Description = "Names of events; a star stands for the rest, commas for or: sign_in.*,user.locked", CustomParser = result => Given.Text(result, x => EventFilter.IsType(x) ? x : null, "is not a name of events") };
    private readonly Option<Guid?> _stream = new("--stream") { HelpName = "id", Description = "Of one stream: sia_…, user_…, sess_…, sua_…, sit_…, vrf_…, settings", CustomParser = result => Given.Value<Guid>(result, x => StreamKind.Read(x)?.Id, "is no stream's id") };
    private readonly Option<Guid?> _user = new("--user") { HelpName = "user id", Description = "Of one person: account, sign-ins, sessions", CustomParser = result => Given.Id(result, UserId.Prefix) };
    private readonly Option<string?> _actor = new("--actor") { HelpName = "key_…", Description = "Done with that key, or by that auditor", CustomParser = result => Given.Text(result, x => EventFilter.IsActor(x) ? x : null, "is not the short id of a key") };
    private readonly Option<Guid?> _device = new("--device") { HelpName = "client id", Description = "On one browser or app: client_…", CustomParser = result => Given.Id(result, ClientId.Prefix) };
    private readonly Option<string?> _trace = new("--trace") { HelpName = "id", Description = "Of one trace", CustomParser = result => Given.Text(result, x => EventFilter.IsTrace(x) ? x : null, "is no trace") };
    private readonly Option<Strategy?> _factor = new("--factor") { HelpName = "strategy", Description = "About one way to prove something", CustomParser = Given.Strategy };
    private readonly Option<EventOutcome?> _outcome = new("--outcome") { HelpName = "outcome", Description = "success, failure or refused", CustomParser = result => Given.Value<EventOutcome>(result, x => Enum.TryParse<EventOutcome>(x, true, out var outcome) && !char.IsAsciiDigit(x[0]) ? outcome : null, "is not success, failure or refused") };
    private readonly Option<DateTimeOffset?> _since = new("--since") { HelpName = "instant", Description = "Then or later (RFC 3339)", CustomParser = Given.Instant };
    private readonly Option<DateTimeOffset?> _until = new("--until") { HelpName = "instant", Description = "Before then", CustomParser = Given.Instant };

    /// <summary>The network address it was asked for from.</summary>
    internal static Option<IPAddress?> Address() => new("--address", "--ip") { HelpName = "address", Description = "Asked for from this network address, exactly", CustomParser = result => Given.Text(result, x => IPAddress.TryParse(x, out var address) ? address : null, "is not a network address") };

    /// <summary>What was typed.</summary>
    internal static Option<string?> Identifier() => new("--identifier", "--phone", "--email") { HelpName = "identifier", Description = "An email address or phone number, exactly", CustomParser = result => Given.Text(result, x => CanonicalIdentifier.Of(x)?.Value, "is neither an email address nor a mobile number") };

    private readonly Option<IPAddress?> _address = Address();
    private readonly Option<string?> _identifier = Identifier();

    /// <summary>Adds them.</summary>
    internal Command On(Command verb)
    {
        foreach (var option in new Option[] { _type, _stream, _user, _actor, _device, _address, _identifier, _trace, _factor, _outcome, _since, _until }) verb.Add(option);
        return verb;
    }

    /// <summary>What was asked for.</summary>
    internal EventFilter Of(ParseResult parsed, string? types) => new()
    {
        Types = parsed.GetValue(_type) ?? types,
        Stream = parsed.GetValue(_stream),
        User = parsed.GetValue(_user),
        Actor = parsed.GetValue(_actor),
        Client = parsed.GetValue(_device),
        Address = parsed.GetValue(_address),
        Identifier = parsed.GetValue(_identifier),
        Trace = parsed.GetValue(_trace),
        Factor = parsed.GetValue(_factor),
        Outcome = parsed.GetValue(_outcome),
        Since = parsed.GetValue(_since),
        Until = parsed.GetValue(_until),
    };
}
