using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Specs.Reading;

namespace Auth.Specs.Given;

/// <summary>A month of many people who sign in: some mistype, some ask again, some give up, some have a device that is trusted. The same for the same seed.</summary>
public sealed record Month(IReadOnlyList<Somebody> People, IReadOnlyList<Script> Scripts)
{
    public static readonly DateTimeOffset First = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly DateTimeOffset Over = First.AddMonths(1);

    public static Month Of(int people, int signIns, int seed)
    {
        var random = new Random(seed);
        var all = Enumerable.Range(0, people).Select(n => Somebody.Of(n, random)).ToList();
        var apart = (Over - First) / signIns;
        return new(all, [.. Enumerable.Range(0, signIns).Select(n => Script.Of(all[random.Next(random.Next(4) == 0 ? 40 : people)], First + (apart * n), random))]);
    }

    internal static Guid Fresh(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new(bytes);
    }
}

/// <summary>A person with a password, on two devices; three of four have a number as second factor.</summary>
public sealed record Somebody(Guid Id, Guid? Number, Guid[] Clients, string Country)
{
    private User? _user;
    private static readonly string[] Countries = ["SE", "SE", "SE", "NO", "DE"];

    public static Somebody Of(int n, Random random) => new(Month.Fresh(random), n % 4 == 0 ? null : Month.Fresh(random), [Month.Fresh(random), Month.Fresh(random)], Countries[n % Countries.Length]);

    public Authenticator Phone => new(Strategy.PhoneCode, Number);

    public IReadOnlyList<UserEvent> Facts => Number is not { } number ? [new UserCreated(null, null), new PasswordSet()] :
    [
        new UserCreated(null, null), new PasswordSet(), new PhoneNumberAdded(number, new(Id, "Ym94")), new PhoneNumberVerified(number, Vouching.Operator),
        new ReservedForSecondFactor(number), new MadeDefaultSecondFactor(number),
    ];

    public User User => _user ??= Facts.Aggregate(User.Initial with { Id = Id }, (user, fact) => User.Evolve(user, fact, Month.First));
}

/// <summary>One thing that somebody does.</summary>
public enum Act { RightPassword, WrongPassword, Ask, RightCode, WrongCode, Sweep }

/// <summary>What one person does in one sign-in, and when.</summary>
public sealed record Script(Guid SignIn, Somebody Who, Guid Client, bool Trusts, IReadOnlyList<(Act Act, DateTimeOffset At)> Acts)
{
    public static Script Of(Somebody who, DateTimeOffset begins, Random random)
    {
        List<Act> acts = [.. Enumerable.Repeat(Act.WrongPassword, Few(random, 6))];
        if (acts.Count == 0 || random.Next(12) != 0) acts.Add(Act.RightPassword);
        if (acts is [.., Act.RightPassword] && who.Number is not null)
            for (var texts = 1 + Few(random, 3); texts > 0; texts--)
                acts.AddRange([Act.Ask, .. Enumerable.Repeat(Act.WrongCode, Few(random, 5)), .. texts == 1 && random.Next(10) != 0 ? new[] { Act.RightCode } : []]);
        var at = begins;
        List<(Act, DateTimeOffset)> timed = [];
        foreach (var act in acts)
        {
            timed.Add((act, at));
            at += TimeSpan.FromMilliseconds(act is Act.Ask && random.Next(15) == 0 ? random.Next(180_000, 400_000) : random.Next(31_000, 45_000));
        }

        for (var sweeps = 1; sweeps <= 2; sweeps++) timed.Add((Act.Sweep, at > begins.AddMinutes(15 * sweeps) ? at : begins.AddMinutes(15 * sweeps).AddSeconds(7)));
        return new(Month.Fresh(random), who, who.Clients[random.Next(5) == 0 ? 1 : 0], random.Next(6) == 0, timed);
    }

    private static int Few(Random random, int most) => random.Next(4) == 0 ? random.Next(most + 1) : 0;
}
