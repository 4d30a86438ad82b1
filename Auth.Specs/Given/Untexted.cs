using Auth.Domain.SignIns;
using Auth.Domain.Users;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.SignIns;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.Specs.Given;

/// <summary>A code that was issued and whose text nobody has sent, as if the bus had been asleep since.</summary>
public static class Untexted
{
    /// <summary>Stores the fact, and nothing else.</summary>
    public static async Task<SecondFactorPrepared> Issue(RunningHost host, Visit visit, Person person, int issue = 1)
    {
        IdentifierId.TryParse(person.PhoneNumberId, out var number).ShouldBeTrue();
        var (keys, now) = (await Keys(host), TimeProvider.System.GetUtcNow());
        await using var session = host.Store.LightweightSession(Tenants.Default);
        var user = (await session.LoadAsync<User>(person.Id, TestContext.Current.CancellationToken))!;
        var prepared = new SecondFactorPrepared(
            new(Strategy.PhoneCode, number.Value), Guid.CreateVersion7(), issue, new(keys.Code.Id, OneTimeCodes.NewNonce(), issue, now.AddMinutes(5)), user.Epoch, now.AddSeconds(30));
        session.Events.Append(Id(visit), prepared);
        await session.SaveChangesAsync(TestContext.Current.CancellationToken);
        return prepared;
    }

    /// <summary>The code that its text would hold.</summary>
    public static async Task<string> CodeOf(RunningHost host, Visit visit, SecondFactorPrepared prepared) => OneTimeCodes.Derive(
        (await Keys(host)).Codes[prepared.Code.Key], OneTimeCodes.SecondFactor, Tenants.Default, Id(visit), prepared.Authenticator, prepared.Code).Digits;

    private static Guid Id(Visit visit) => SignInId.TryParse(visit.SignIn, out var id) ? id.Value : Guid.Empty;

    private static async Task<InstanceKeys> Keys(RunningHost host) =>
        await host.Alba.Services.GetRequiredService<IKeyring>().Of(Tenants.Default, TestContext.Current.CancellationToken);
}
