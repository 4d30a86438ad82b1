using Microsoft.Extensions.Options;

namespace Auth.Host.Delivery.Sms;

/// <summary>What must fit together in section <c>Sinch</c>. Every complaint names its key and never shows a value that is secret.</summary>
public sealed class SinchOptionsRules(IHostEnvironment environment) : IValidateOptions<SinchOptions>
{
    private static readonly string[] PlanRegions = ["us", "eu", "au", "br", "ca"], KeyRegions = ["us", "eu"];
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SinchOptions options) =>
        Complaints(options).ToArray() is { Length: > 0 } complaints ? ValidateOptionsResult.Fail(complaints) : ValidateOptionsResult.Success;

    private IEnumerable<string> Complaints(SinchOptions o) =>
        [.. Credentials(o), .. Regions(o), .. Addresses(o), .. Callbacks(o), .. Timeouts(o)];

    private IEnumerable<string> Credentials(SinchOptions o)
    {
        (string Key, bool Given)[] plan = [("Sinch:ServicePlanId", Given(o.ServicePlanId)), ("Sinch:ApiToken", Given(o.ApiToken))];
        (string Key, bool Given)[] pair = [("Sinch:ProjectId", Given(o.ProjectId)), ("Sinch:KeyId", Given(o.KeyId)), ("Sinch:KeySecret", Given(o.KeySecret))];
        if (plan.Any(k => k.Given) && pair.Any(k => k.Given))
        {
            yield return $"{plan.First(k => k.Given).Key} and {pair.First(k => k.Given).Key} are both set: give either Sinch:ServicePlanId and Sinch:ApiToken, or Sinch:ProjectId, Sinch:KeyId and Sinch:KeySecret.";
            yield break;
        }

        foreach (var keys in new[] { plan, pair }.Where(keys => keys.Any(k => k.Given)))
            foreach (var missing in keys.Where(k => !k.Given))
                yield return $"{missing.Key} is missing, while {keys.First(k => k.Given).Key} is set.";

        if (o.SmsBaseAddress is not null && !environment.IsDevelopment() && !plan.Concat(pair).Any(k => k.Given))
            yield return "Sinch:ServicePlanId and Sinch:ApiToken, or Sinch:ProjectId, Sinch:KeyId and Sinch:KeySecret, are missing, while Sinch:SmsBaseAddress is set.";
    }

    private static IEnumerable<string> Regions(SinchOptions o)
    {
        var regions = Given(o.ProjectId) ? KeyRegions : PlanRegions;
        var credentials = Given(o.ProjectId) ? "Sinch:ProjectId" : "Sinch:ServicePlanId";
        if (Given(o.Region) && !regions.Contains(o.Region))
            yield return $"Sinch:Region is not one of {string.Join(", ", regions)}, which are the regions of {credentials}.";
        else if (!Given(o.Region) && o.SmsBaseAddress is null && (Given(o.ServicePlanId) || Given(o.ProjectId)))
            yield return $"Sinch:Region is missing: one of {string.Join(", ", regions)}.";
    }

    private IEnumerable<string> Addresses(SinchOptions o)
    {
        (string Key, Uri? Address)[] addresses = [("Sinch:SmsBaseAddress", o.SmsBaseAddress), ("Sinch:AuthBaseAddress", o.AuthBaseAddress), ("Sinch:CallbackUrl", o.CallbackUrl)];
        foreach (var (key, address) in addresses.Where(a => a.Address is not null))
        {
            if (!address!.IsAbsoluteUri || address.Scheme is not ("https" or "http"))
                yield return $"{key} is not an absolute https address.";
            else if (!environment.IsDevelopment() && address.Scheme == "http" && !address.IsLoopback)
                yield return $"{key} must be https outside Development.";
            else if (!environment.IsDevelopment() && address.AbsolutePath.TrimEnd('/').EndsWith("/_sinch", StringComparison.OrdinalIgnoreCase))
                yield return $"{key} points to the fake Sinch, which is refused outside Development.";
        }
    }

    private static IEnumerable<string> Callbacks(SinchOptions o)
    {
        if (o.CallbackUrl is not null && !Given(o.CallbackSecret))
            yield return "Sinch:CallbackSecret is missing, while Sinch:CallbackUrl is set: an unsigned report could be anybody's.";
    }

    private static IEnumerable<string> Timeouts(SinchOptions o)
    {
        if (o.Timeout <= TimeSpan.Zero || o.Timeout > LongestTimeout)
            yield return "Sinch:Timeout must be longer than nothing and at most 00:01:00.";
    }

    private static bool Given(string? value) => !string.IsNullOrWhiteSpace(value);
}
