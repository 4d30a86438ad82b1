using Auth.Host.Delivery.Sms;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Auth.Host.Delivery.FakeSinch;

/// <summary>In Development, a host that nobody told about Sinch is its own provider.</summary>
internal sealed class OwnFake(IOptions<SinchOptions> options, FakeSecrets secrets, IServer server) : ISinchAccount
{
    private readonly SinchAccount? _configured = SinchAccount.Of(options.Value);

    public SmsAvailability Availability { get; } = new(true);

    public async ValueTask<SinchAccount?> FindAsync(CancellationToken ct) =>
        _configured ?? new SinchAccount(
            options.Value.SmsBaseAddress ?? Own.Below("_sinch"), FakeSecrets.Plan, new SinchCredential.PlanToken(await secrets.PlanTokenAsync(ct)),
            options.Value.From ?? "+12015550100", options.Value.CallbackUrl ?? Own.Below("hooks/sinch/sms"), await secrets.CallbackSecretAsync(ct));

    /// <summary>Where this host listens. A server in memory has no address; whoever replaces it replaces the client's handler as well.</summary>
    private Uri Own => server.Features.Get<IServerAddressesFeature>()?.Addresses.OrderBy(address => address.StartsWith("https", StringComparison.Ordinal)).FirstOrDefault() is { } address
        ? new(BindingAddress.Parse(address) is var bound && bound.Host is "*" or "+" or "[::]" or "0.0.0.0" ? $"{bound.Scheme}://localhost:{bound.Port}" : address)
        : new("http://localhost");
}
