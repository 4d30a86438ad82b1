using Auth.Specs.Given;

namespace Auth.Specs.Http;

/// <summary>Each step costs three round trips: one batch read, one batch written, one commit. Their number is what a sign-in costs on a real network.</summary>
public class RoundTripSpecs(RunningHost host)
{
    [Fact]
    public async Task create_with_a_password_costs_three()
    {
        await Warm();
        var visit = new Visit(host, await Person.Make(host));

        AreThree(await RoundTrips.Of(() => visit.Create()));
    }

    [Fact]
    public async Task create_by_a_stranger_costs_the_same()
    {
        await Warm();

        AreThree(await RoundTrips.Of(() => Create($"{Guid.NewGuid():N}@example.com", "a password of nobody"), status: 422));
    }

    [Fact]
    public async Task create_with_a_wrong_password_costs_the_same()
    {
        await Warm();
        var person = await Person.Make(host);

        AreThree(await RoundTrips.Of(() => Create(person.EmailAddress, "not the password at all"), status: 422));
    }

    [Fact]
    public async Task an_identifier_and_then_a_password_cost_three_each()
    {
        await Warm();
        var visit = new Visit(host, await Person.Make(host));

        AreThree(await RoundTrips.Of(() => visit.Identify()));
        AreThree(await RoundTrips.Of(() => visit.AttemptFirst()));
    }

    [Fact]
    public async Task prepare_and_attempt_cost_three_each()
    {
        await Warm();
        var person = await Person.Make(host);
        var visit = new Visit(host, person);
        await visit.Create();

        AreThree(await RoundTrips.Of(visit.Prepare));
        var code = await person.LatestCode(host);
        await HandedOver(visit);
        AreThree(await RoundTrips.Of(() => visit.Attempt(code)));
    }

    [Fact]
    public async Task a_wrong_code_costs_three()
    {
        await Warm();
        var visit = new Visit(host, await Person.Make(host));
        var code = await visit.UpToCode();
        await HandedOver(visit);

        AreThree(await RoundTrips.Of(() => visit.Attempt(Wrong.For(code)), status: 422));
    }

    // Keys, generated code and prepared statements are there after the first flow.
    private async Task Warm()
    {
        await new Visit(host, await Person.Make(host)).Through();
        await new Visit(host, await Person.Make(host)).Create(identifier: $"{Guid.NewGuid():N}@example.com");
    }

    private Task<Reply> Create(string identifier, string password) =>
        new Browser(host).Post("/v1/client/sign_ins", ("identifier", identifier), ("password", password));

    // That the text was handed over is told to the same stream a moment later; an attempt between the two would lose that race and read again.
    private static Task<object> HandedOver(Visit visit) => Eventually.Of(async () => (await visit.Facts()).FirstOrDefault(fact => fact is Auth.Domain.SignIns.TextHandedOver));

    private static void AreThree(IReadOnlyList<string> trips)
    {
        trips.Count.ShouldBe(3, string.Join('\n', trips));
        trips[2].ShouldStartWith("CommittedTransaction");
    }
}
