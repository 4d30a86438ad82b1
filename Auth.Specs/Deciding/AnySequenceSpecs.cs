using System.Globalization;
using Auth.Domain.Instances;
using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Specs.Given;
using CsCheck;

namespace Auth.Specs.Deciding;

/// <summary>
/// Whatever is asked, in whatever order, with whatever guesses, at whatever time, while the person's factors change: no way leads to a session but both factors, or a passkey that checked its owner,
/// and no way gives more guesses (R01 to R07, R10 to R14, R17 to R19, R22).
/// </summary>
public class AnySequenceSpecs : SignInSpec
{
    private static readonly Gen<int> Choice = Gen.Int[0, 131];

    /// <summary>One step: what is done, with what luck, after how long.</summary>
    private static readonly Gen<(int What, bool Right, int Seconds)> Step =
        Gen.Select(Choice, Gen.Frequency((3, Gen.Const(false)), (1, Gen.Const(true))), Gen.OneOf(new[] { 0, 1, 10, 31, 45, 100, 200, 400 }.Select(seconds => Gen.Const(seconds)).ToArray()));

    [Fact]
    public void no_way_leads_around_the_second_factor() =>
        Gen.Select(Gen.Bool, Gen.Bool, Step.Array[1, 60]).Sample((twoFactors, mailed, steps) => Play(twoFactors ? AnnWithEverything : Bob, mailed, steps), iter: 20_000);

    /// <summary>The sweep is worth nothing if it never gets anywhere.</summary>
    [Fact]
    public void some_ways_lead_to_a_session_and_to_every_refusal()
    {
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        Gen.Select(Gen.Bool, Gen.Bool, Step.Array[60, 100]).Sample((twoFactors, mailed, steps) =>
        {
            foreach (var word in Play(twoFactors ? AnnWithEverything : Bob, mailed, steps).Seen) seen.TryAdd(word, 0);
        }, iter: 16_000);
        seen.Keys.ShouldBe(
        [
            "converted with one", "converted with two", "converted with a passkey", "converted with one and a trusted device", "converted with a mailed code beside it", .. Enum.GetNames<Refusal>().Except(OfOthers),
        ], ignoreOrder: true);
    }

    /// <summary>Of sign-ins that are not there, and of what is no sign-in.</summary>
    private static readonly string[] OfOthers =
    [
        nameof(Refusal.NoSuchSignIn), nameof(Refusal.SignInSuperseded), nameof(Refusal.VerificationOver), nameof(Refusal.SignUpEnded), nameof(Refusal.IdentifierTaken), nameof(Refusal.AlreadyVerified),
        nameof(Refusal.TooManyIdentifiers), nameof(Refusal.TicketInvalid),
    ];

    private static World Play(User user, bool mailed, (int What, bool Right, int Seconds)[] steps)
    {
        var world = new World(user, mailed);
        foreach (var (what, right, seconds) in steps)
        {
            world.Wait(TimeSpan.FromSeconds(seconds));
            switch (what)
            {
                case < 3: world.Begin(null, right); break;
                case < 6: world.Begin(Strategy.Password, right); break;
                case < 22: world.Ask(OfferPassword(), right); break;
                case < 28: world.Ask(world.AskForFirst(right ? Strategy.EmailCode : Strategy.ResetPasswordEmailCode), right); break;
                case < 34: world.Ask(OfferFirstCode(), right); break;
                case < 39: world.Ask(OfferFirstCode(by: Strategy.ResetPasswordEmailCode), right); break;
                case < 43: world.Reset(); break;
                case < 58: world.Ask(world.AskForNext(null), right); break;
                case < 64: world.Ask(world.AskForNext(world.User.Id == Bob.Id ? People.BobsPhone : People.AnnsOtherPhone), right); break;
                case < 78: world.Ask(OfferCode(), right); break;
                case < 82: world.Ask(OfferCode() with { Trust = People.Id(0x7D00 + seconds) }, right); break;
                case < 85: world.Ask(OfferCode(by: Strategy.Totp), right); break;
                case < 88: world.Ask(OfferCode(by: Strategy.BackupCode), right); break;
                case < 89: world.Ask(new AttemptSecondFactor(Strategy.Password), right); break;
                case < 90: world.Ask(new AttemptFirstFactor(Strategy.Totp), right); break;
                case < 91: world.Ask(StrangerAsks(Strategy.PhoneCode), right); break;
                case < 92: world.Ask(new Expire(), right); break;
                case < 94: world.Enrol(); break;
                case < 95: world.SetPassword(); break;
                case < 96 when seconds % 2 == 0: world.Change(right ? new Banned() : new Unbanned()); break;
                case < 96: world.Change(right ? new Locked(null) : new Unlocked()); break;
                case < 100: world.Toggle(); break;
                case < 102: world.Begin(null, right, unnamed: true); break;
                case < 106: world.Ask(new ChallengeFirstFactor(Challenge), right); break;
                case < 111: world.Ask(world.SignFirst(verified: seconds > 30), right); break;
                case < 114: world.Ask(new ChallengeSecondFactor(Challenge), right); break;
                case < 118: world.Ask(world.SignSecond(verified: seconds > 30), right); break;
                case < 120: world.Key(verifies: seconds > 10); break;
                case < 125: world.Ask(world.AskForMail(), right); break;
                default: world.Ask(OfferMailed(), right); break;
            }
        }

        return world;
    }

    /// <summary>A host of one person and one client: it compares only what it may, counts, and believes nothing that is not checked here.</summary>
    /// <param name="mailed">The operator lets mailed codes stand in for what is enrolled.</param>
    private sealed class World(User user, bool mailed)
    {
        private readonly Settings Strict = (mailed ? WithMail : Settings.Shipped) with { Dials = Dials.Shipped with { DisableFrom = 11 }, TrustedDevices = new() { On = true } };
        private static readonly Traffic Abroad = new("NO", "SE", 0, 0, false);

        private readonly Dictionary<Authenticator, Standing> _standings = [];
        private readonly Dictionary<Authenticator, int> _compared = [];
        private readonly Dictionary<Authenticator, DateTimeOffset> _texted = [];
        private readonly List<DateTimeOffset> _sent = [];
        private readonly List<Authenticator> _proved = [];
        private readonly HashSet<Guid> _texts = [];
        private SignIn _signIn = SignIn.Initial;
        private DateTimeOffset _now = NineOClock;
        private int _sessions, _text;
        private bool _reset, _verified, _skipped, _outOfTheMailbox;
        private DeviceTrust? _trust;

        public User User { get; private set; } = user;

        public List<string> Seen { get; } = [];

        public void Wait(TimeSpan time) => _now += time;

        public void Change(UserEvent happened)
        {
            User = User.And(happened);
            foreach (var bound in _standings.Keys.Where(authenticator => Binding.Renews(happened, authenticator)).ToList()) _standings.Remove(bound);
        }

        public void Toggle()
        {
            var number = User.PhoneNumbers[_text % 2 % User.PhoneNumbers.Count];
            if (number.Verified) Change(number.Reserved ? new ReleasedFromSecondFactor(number.Id) : new ReservedForSecondFactor(number.Id));
        }

        public PrepareSecondFactor AskForNext(Guid? number) => AskForCode(++_text, number);

        public PrepareSecondFactor AskForMail() => AskForCode(++_text) with { Strategy = Strategy.EmailCode };

        public PrepareFirstFactor AskForFirst(Strategy by) => AskForFirstCode(++_text, by, User.EmailAddresses[0].Id);

        /// <summary>They choose a new password; if that is accepted, it is set in the same commit.</summary>
        public void Reset()
        {
            Ask(ChooseNewPassword, right: false);
            if (_reset) Change(new PasswordSet(Channel.Mail));
            _outOfTheMailbox |= _reset;
            _reset = false;
        }

        /// <summary>They choose another password in a session of theirs, which took both factors.</summary>
        public void SetPassword()
        {
            Change(new PasswordSet());
            _outOfTheMailbox = false;
        }

        /// <summary>An authenticator app comes or goes.</summary>
        public void Enrol() => Change(User.Totp is null ? new AuthenticatorAppAdded(People.AnnsApp) : new AuthenticatorAppRemoved(People.AnnsApp));

        /// <summary>A passkey comes or goes.</summary>
        public void Key(bool verifies) => Change(User.Passkeys.IsEmpty ? AnnsKeyAdded with { VerifiesUser = verifies } : new PasskeyRemoved(People.AnnsKey));

        public AttemptFirstFactor SignFirst(bool verified) => new(Strategy.Passkey) { Signing = Signed(verified) };

        public AttemptSecondFactor SignSecond(bool verified) => new(Strategy.Passkey) { Signing = Signed(verified) };

        private Signing Signed(bool verified) => new(People.AnnsKey, verified && User.VerifiesWith(People.AnnsKey));

        /// <summary>The same client begins anew: failures in a row stay, everything else is new.</summary>
        public void Begin(Strategy? offered, bool right, bool unnamed = false)
        {
            (_signIn, _sessions) = (SignIn.Initial, 0);
            _compared.Clear();
            _texted.Clear();
            _proved.Clear();
            _skipped = false;
            _verified = false;
            if (unnamed) Ask(new CreateSignIn(AnnsClient, IdentifierKind.Passkey, null, null, null, Challenge with { ExpiresAt = _now.AddMinutes(5) }), right);
            else Ask(Create(offered), right);
        }

        public void Ask(SignInCommand command, bool right)
        {
            if (_signIn is SignIn.NotStarted && command is not CreateSignIn) return;
            command = command switch
            {
                ChallengeFirstFactor c => c with { Challenge = c.Challenge with { ExpiresAt = _now.AddMinutes(5) } },
                ChallengeSecondFactor c => c with { Challenge = c.Challenge with { ExpiresAt = _now.AddMinutes(5) } },
                _ => command,
            };
            right &= command is not Guess { Signing: not null } || !User.Passkeys.IsEmpty;
            var (before, authenticator) = (_signIn, Asked(command));
            var now = new Circumstances(_now, Nobody(command) ? null : User, _standings.GetValueOrDefault(authenticator, Standing.Clean), new([.. _sent], [], null) { Traffic = command is PrepareSecondFactor && _text % 7 == 0 ? Abroad : null }, Strict) { Trust = _trust };
            var compared = command is Guess guess && SignInDecider.MayGuess(guess, _signIn, now);
            if (compared) command = (Guess)command with { Verdict = right ? Verdict.Right : Verdict.Wrong, Session = Session };
            if (compared && !right && command is Guess { Signing: { } signing } wrong) command = wrong with { Signing = signing with { Flaw = "Signature" } };

            var decision = SignInDecider.Decide(command, _signIn, now);
            _signIn = decision.Events.Aggregate(_signIn, SignIn.Evolve);
            _standings[authenticator] = now.Standing.After(decision, _now, Strict.Dials);
            if (decision.Refusal is { } refusal) Seen.Add(refusal.ToString());

            if (compared) Compared(authenticator, right, now);
            foreach (var happened in decision.Events) Check(happened, compared && right, authenticator, now);
            if (before is SignIn.Finished or SignIn.Ended) decision.Events.ShouldBeEmpty("After an end nothing happens.");
            if (before is SignIn.Open open && _now >= open.EndsAt) _signIn.ShouldBeOfType<SignIn.Ended>("Past its time it is over.");
        }

        // A host knows whose passkey it is; nobody else is somebody where nobody was named.
        private bool Nobody(SignInCommand command) => _signIn is SignIn.Begun { IsUnnamed: true } ? command is not Guess { Signing: not null } : command is CreateSignIn { Kind: IdentifierKind.Passkey };

        private Authenticator Asked(SignInCommand command) => command switch
        {
            ChallengeFirstFactor or ChallengeSecondFactor => Authenticator.AnyPasskey,
            Guess { Signing: { } signing } => new(Strategy.Passkey, signing.Passkey),
            PrepareSecondFactor p => new(p.Strategy!.Value, p.To ?? User.SecondFactor(p.Strategy!.Value, null)?.Id),
            AttemptSecondFactor a => AttemptSecondFactor.On(a.Strategy, _signIn, User) ?? AnnsPhone,
            PrepareFirstFactor p => new(p.Strategy!.Value, p.Identifier),
            AttemptFirstFactor a => AttemptFirstFactor.On(a.Strategy, _signIn) ?? Authenticator.Password,
            _ => Authenticator.Password,
        };

        private void Compared(Authenticator authenticator, bool right, Circumstances now)
        {
            if (authenticator.Strategy is not Strategy.Passkey) now.Standing.Waits(_now).ShouldBeFalse("During a wait nothing is compared.");
            now.Standing.Disabled.ShouldBeFalse("What is disabled is not compared.");
            _compared[authenticator] = _compared.GetValueOrDefault(authenticator) + (right && _signIn is not SignIn.Finished ? 0 : 1);
            _compared[authenticator].ShouldBeLessThanOrEqualTo(Dials.Shipped.Tries, "No authenticator is guessed at more often.");
        }

        private void Check(SignInEvent happened, bool proof, Authenticator authenticator, Circumstances now)
        {
            switch (happened)
            {
                case FirstFactorVerified e:
                    proof.ShouldBeTrue("Verified means compared and right.");
                    (e.Demand == Demand.SecondFactor).ShouldBe(User.HasSecondFactor && !e.UserVerified, "A second factor that is enrolled is demanded.");
                    if (e.UserVerified) User.VerifiesWith(e.Authenticator.Id).ShouldBeTrue("Only a passkey that checks its owner is both factors.");
                    _verified |= e.UserVerified;
                    _proved.Add(e.Authenticator);
                    break;
                case SecondFactorVerified e:
                    (proof && e.Authenticator == authenticator).ShouldBeTrue("Verified means compared and right.");
                    User.Has(e.Authenticator).ShouldBeTrue("What was proved is still theirs.");
                    _proved[0].SharesChannelWith(e.Authenticator).ShouldBeFalse("Two factors, two channels.");
                    if (e.Authenticator.Strategy is Strategy.EmailCode)
                    {
                        mailed.ShouldBeTrue("Mailed codes count only where the operator allows them.");
                        (_proved[0].Strategy is Strategy.Password && _outOfTheMailbox).ShouldBeFalse("A mailbox that gave the password is not the second factor beside it, in no later sign-in either.");
                        Seen.Add("converted with a mailed code beside it");
                    }

                    _proved.Add(e.Authenticator);
                    break;
                case DeviceTrusted e:
                    _proved.Count.ShouldBe(2, "A device is trusted after two proofs.");
                    e.Until.ShouldBeLessThanOrEqualTo(_now.AddDays(30), "No trust lasts longer.");
                    _trust = new(e.Trust, User.Id, User.TrustVoided, People.Id(0x5A), _now, e.Until);
                    break;
                case SecondFactorSkipped e:
                    (_trust is { } trust && trust.Id == e.Trust && trust.Voided == User.TrustVoided && _now < trust.Until).ShouldBeTrue("Only a trust that holds skips.");
                    (_proved.Count, _proved[0].Strategy.Traits().Resets).ShouldBe((1, false), "It stands in for the second proof, never for the first.");
                    _skipped = true;
                    break;
                case PasswordReset e:
                    (e.Demand == Demand.SecondFactor).ShouldBe(User.HasSecondFactor, "A new password skips nothing.");
                    _reset = true;
                    break;
                case Converted _:
                    (++_sessions).ShouldBe(1, "One sign-in, one session.");
                    User.IsLocked(_now).ShouldBeFalse("Nobody locked gets a session.");
                    User.Banned.ShouldBeFalse("Nobody banned gets a session.");
                    _proved[0].Strategy.Traits().First.ShouldBeTrue("It began with a first factor.");
                    _proved.Count.ShouldBe(User.HasSecondFactor && !_verified && !_skipped ? 2 : 1, "Both factors, a passkey that is both, or a trust that the history names, or no session.");
                    if (_verified) Seen.Add("converted with a passkey");
                    else Seen.Add(string.Create(CultureInfo.InvariantCulture, $"converted with {(_proved.Count == 1 ? "one" : "two")}{(_skipped ? " and a trusted device" : "")}"));
                    break;
                case SecondFactorPrepared e when _texts.Add(e.Text):
                    now.Sent.Traffic.ShouldBeNull("Nothing leaves for a closed country.");
                    _sent.Add(_now);
                    if (_texted.TryGetValue(e.Authenticator, out var last)) (_now - last).ShouldBeGreaterThanOrEqualTo(Dials.Shipped.ResendGap, "Texts keep their distance.");
                    _texted[e.Authenticator] = _now;
                    e.Code.ExpiresAt.ShouldBeInRange(_now + Dials.Shipped.CodeLifeWorthSending, _now + Dials.Shipped.CodeLife, "A text is worth reading.");
                    User.SecondFactor(e.Authenticator.Strategy, e.Authenticator.Id).ShouldNotBeNull("Only what is theirs is sent to.");
                    break;
            }
        }
    }
}
