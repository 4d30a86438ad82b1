using Auth.Domain.SignIns;
using Auth.Domain.SignUps;
using Auth.Domain.Users;
using Auth.Specs.Given;
using CsCheck;

namespace Auth.Specs.Deciding;

/// <summary>Whatever is asked, in whatever order, with whatever guesses, at whatever time: nobody becomes a person but with a password and everything they gave proved, and nobody gets more guesses.</summary>
public class AnySignUpSpecs : SignUpSpec
{
    private static readonly Gen<(int What, bool Right, int Seconds)[]> Steps =
        Gen.Select(Gen.Int[0, 9], Gen.Bool, Gen.OneOf(new[] { 0, 0, 1, 1, 31, 100, 400, 40_000 }.Select(seconds => Gen.Const(seconds)).ToArray())).Array[1, 60];

    [Fact]
    public void no_way_leads_around_a_proof() => Steps.Sample(steps => { Play(steps); }, iter: 10_000);

    [Fact]
    public void some_ways_lead_to_a_person_and_to_every_refusal_of_a_sign_up()
    {
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        Steps.Sample(steps => { foreach (var word in Play(steps)) seen.TryAdd(word, 0); }, iter: 10_000);
        foreach (var word in new[] { "completed", "WrongCode", "TooManyAttempts", "CodeExpired", "NotPrepared", "AlreadyVerified", "IdentifierTaken", "TooManyIdentifiers", "SignUpEnded", "AlreadyConverted" })
            seen.Keys.ShouldContain(word);
    }

    private static List<string> Play((int What, bool Right, int Seconds)[] steps)
    {
        var (signUp, now, fresh, seen) = (SignUp.Evolve(SignUp.Initial, Begun, People.NineOClock), People.NineOClock, 100, new List<string>());
        var compared = new Dictionary<Authenticator, int>();
        var proved = new HashSet<Guid>();
        foreach (var (what, right, seconds) in steps)
        {
            now = now.AddSeconds(seconds);
            var circumstances = Circumstances.At(now, null);
            var by = right ? Strategy.EmailCode : Strategy.PhoneCode;
            var taken = what == 9 ? proved.ToArray() : [];
            SignUpCommand command = what switch
            {
                0 => Give(Address with { EmailAddress = new NewIdentifier(People.Id(++fresh), People.Hidden) }),
                1 => Give(Number with { PhoneNumber = new NewIdentifier(People.Id(++fresh), People.Hidden) }),
                2 => Give(ChosenPassword, taken),
                3 or 4 => Ask(by, ++fresh),
                5 => Offer(Verdict.NotChecked, Strategy.EmailCode),
                6 => Offer(Verdict.NotChecked, Strategy.PhoneCode),
                7 or 8 => Offer(Verdict.NotChecked, by),
                _ => Give(Particulars.Nothing, taken),
            };
            if (command is AttemptSignUpCode guess && SignUpDecider.MayGuess(guess, signUp, circumstances))
            {
                var on = ((SignUp.Open)signUp).Proving(guess.Strategy)!;
                compared[on] = compared.GetValueOrDefault(on) + (right && what != 8 ? 0 : 1);
                compared[on].ShouldBeLessThanOrEqualTo(Dials.Shipped.Tries);
                command = guess with { Verdict = right && what != 8 ? Verdict.Right : Verdict.Wrong };
                if (right && what != 8) proved.Add(on.Id!.Value);
            }

            var before = signUp;
            var decision = SignUpDecider.Decide(command, signUp, circumstances);
            signUp = decision.Events.Aggregate(signUp, (s, happened) => SignUp.Evolve(s, happened, now));
            seen.Add(decision.Refusal?.ToString() ?? "yes");
            if (before is SignUp.Complete or SignUp.Abandoned) decision.Events.ShouldBeEmpty("After an end nothing happens.");
            if (signUp is not SignUp.Complete whole || before is SignUp.Complete) continue;
            seen.Add("completed");
            whole.Last.HasPassword.ShouldBeTrue();
            whole.Last.Identifiers.ShouldNotBeEmpty();
            whole.Last.Identifiers.ShouldAllBe(given => proved.Contains(given.Id));
            whole.Last.Identifiers.Select(given => given.Id).Intersect(taken).ShouldBeEmpty("Nobody becomes somebody else.");
        }

        return seen;
    }
}
