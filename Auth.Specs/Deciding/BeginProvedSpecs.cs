using Auth.Domain.SignIns;
using Auth.Domain.Tickets;
using Auth.Domain.Users;
using Auth.Specs.Given;

namespace Auth.Specs.Deciding;

/// <summary>A sign-in that begins with a proof meets the same rule as any other (R03, R04).</summary>
public class BeginProvedSpecs : SignInSpec
{
    private static readonly Authenticator Ticket = new(Strategy.Ticket, People.Id(0x71));

    private static BeginProved With(Authenticator proof) => new(AnnsClient, IdentifierKind.EmailAddress, People.Hidden, proof, Session);

    [Fact]
    public void a_ticket_alone_makes_no_session_where_a_second_factor_is_enrolled_R04() =>
        Given().When(With(Ticket)).Then(Identified, FirstFactorVerified with { Authenticator = Ticket });

    [Fact]
    public void it_makes_one_where_none_is_enrolled() =>
        Given().About(Bob).When(With(Ticket)).Then(BobIdentified, BobsFirstFactorVerified with { Authenticator = Ticket }, Converted);

    [Fact]
    public void nobody_locked_comes_in_by_a_ticket() =>
        Given().About(AnnLocked).When(With(Ticket)).ThenRefused(Refusal.UserLocked, Identified, new FirstFactorRefused(Ticket, RefusalReason.Locked, null));

    [Fact]
    public void nobody_banned_comes_in_by_a_ticket() =>
        Given().About(AnnBanned).When(With(Ticket)).ThenRefused(Refusal.UserBanned, Identified, new FirstFactorRefused(Ticket, RefusalReason.Banned, null));

    [Fact]
    public void a_code_counts_only_for_an_identifier_of_theirs() => Given().About(Bob).When(With(AnnsMailbox)).ThenItIsABug();

    [Fact]
    public void there_has_to_be_somebody() => Given().About(Stranger).When(With(Ticket)).ThenItIsABug();

    [Fact]
    public void a_ticket_is_no_answer_to_a_typed_identifier() =>
        Given(Identified).When(new AttemptFirstFactor(Strategy.Ticket) { Verdict = Verdict.Right, Session = Session }).ThenRefused(Refusal.StrategyInvalid);

    [Fact]
    public void a_ticket_is_offered_to_nobody_who_typed_an_identifier_R51() =>
        Enum.GetValues<IdentifierKind>().SelectMany(Strategies.FirstFor).ShouldNotContain(Strategy.Ticket);

    [Theory]
    [InlineData(0, TicketState.Pending)]
    [InlineData(60, TicketState.Expired)]
    public void a_ticket_is_good_until_its_time_is_over(int minutes, TicketState state) => Fold(Made).State(MinutesLater(minutes)).ShouldBe(state);

    [Fact]
    public void it_is_good_once() => Fold(Made, new TicketUsed(NewerSignIn)).State(NineOClock).ShouldBe(TicketState.Used);

    [Fact]
    public void taken_back_it_is_good_for_nothing_and_is_taken_back_once()
    {
        Fold(Made).Revoked().ShouldBe([new TicketRevoked()]);
        Fold(Made, new TicketRevoked()).State(NineOClock).ShouldBe(TicketState.Revoked);
        Fold(Made, new TicketRevoked()).Revoked().ShouldBe([]);
        Fold(Made, new TicketUsed(NewerSignIn)).Revoked().ShouldBeNull();
    }

    [Fact]
    public void that_it_was_offered_in_vain_is_told_once()
    {
        Fold(Made, new TicketRevoked()).Refused(NineOClock).ShouldBe([new TicketRefused(TicketState.Revoked)]);
        Fold(Made, new TicketRevoked(), new TicketRefused(TicketState.Revoked)).Refused(NineOClock).ShouldBeEmpty();
    }

    [Fact]
    public void a_fact_that_cannot_follow_is_told_loudly() => Should.Throw<InvalidOperationException>(() => Fold(Made, new TicketUsed(NewerSignIn), new TicketUsed(NewerSignIn)));

    private static readonly TicketMade Made = new(People.AnnsId, MinutesLater(60));

    private static Ticket Fold(params TicketEvent[] events) => events.Aggregate((Ticket?)null, (ticket, happened) => Domain.Tickets.Ticket.Evolve(ticket, happened, NineOClock))!;
}
