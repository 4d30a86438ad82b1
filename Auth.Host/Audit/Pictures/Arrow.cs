using Auth.Domain.SignIns;
using Auth.Host.Audit.Telling;
using JasperFx.Events;
using static Auth.Host.Audit.Pictures.Lane;
using static Auth.Host.Audit.Pictures.Way;

namespace Auth.Host.Audit.Pictures;

/// <summary>Who takes part, from left to right.</summary>
internal enum Lane { Person, Service, Sinch, Phone, MailProvider, Mailbox }

/// <summary>What goes from one to the other: what somebody asked for, what Auth answered, a message, one that was lost, word of a message.</summary>
internal enum Way { Asked, Answered, Sent, Lost, Reported }

/// <summary>Something that went from one lane to another.</summary>
internal sealed record Arrow(Lane From, Lane To, Way Way)
{
    /// <summary>What went where when that was told: one row per fact.</summary>
    internal static IReadOnlyList<Arrow> Of(IEvent e, History history) => e.Data switch
    {
        FirstFactorChallenged or SecondFactorChallenged or Converted                 => [new(Service, Person, Answered)],
        DeviceTrusted or SecondFactorSkipped or Expired or Superseded or Invalidated => [],
        TextHandedOver x                                                             => [new(Service, Carrier(x.Text, history), Sent)],
        TextDelivered x                                                              => [new(Carrier(x.Text, history), Place(x.Text, history), Sent), new(Carrier(x.Text, history), Service, Reported)],
        TextUndeliverable x when Left(x.Text, history)                               => [new(Carrier(x.Text, history), Place(x.Text, history), Lost), new(Carrier(x.Text, history), Service, Reported)],
        TextUndeliverable x                                                          => [new(Service, Carrier(x.Text, history), Lost)],
        _                                                                            => [new(Person, Service, Asked)],
    };

    private static Lane Carrier(Guid text, History history) => IsMail(text, history) ? MailProvider : Sinch;

    private static Lane Place(Guid text, History history) => IsMail(text, history) ? Mailbox : Phone;

    private static bool IsMail(Guid text, History history) => history.SignIn.Select(e => e.Message()).FirstOrDefault(message => message?.Text == text)?.Authenticator.Noun() is "mail";

    private static bool Left(Guid text, History history) => history.SignIn.Any(e => e.Data is TextHandedOver x && x.Text == text);
}
