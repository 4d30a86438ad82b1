using Auth.Domain.SignIns;
using Auth.Host.Http;

namespace Auth.Host.Instances;

/// <summary>The settings and dials in force, read-only for now.</summary>
public static class SettingsEndpoint
{
    /// <summary>Maps it.</summary>
    public static void MapSettings(this IEndpointRouteBuilder app) =>
        app.MapGet("/v1/instance/settings", (Dials dials) => TypedResults.Ok(Draw(dials)))
            .RequireSecretKey().WithTags("Backend API: instance").WithSummary("The settings and dials in force; times in seconds.");

    private static SettingsResource Draw(Dials dials) => new("instance_settings", 0, new(false, "optional"), new(
        Seconds(dials.CodeLife), dials.Tries, dials.WaitFrom, Seconds(dials.FirstWait), Seconds(dials.LongestWait), Seconds(dials.SignInLife), Seconds(dials.SecondFactorLife),
        Seconds(dials.ResendGap), dials.TextsPerNumberAndHour, dials.TextsPerNumberAndDay, dials.TextsPerUserAndHour, 60, Seconds(dials.SessionIdle), Seconds(dials.SessionLife)));

    private static int Seconds(TimeSpan life) => (int)life.TotalSeconds;
}

/// <summary>The settings in force.</summary>
/// <param name="Version">0 as shipped; each <i>Apply</i> makes the next one.</param>
public sealed record SettingsResource(string Object, long Version, SecondFactorSetting SecondFactor, DialsResource Dials);

/// <summary>2-step verification: off, optional or required.</summary>
public sealed record SecondFactorSetting(bool Required, string Policy);

/// <summary>The numbers the rules run on; times in seconds.</summary>
public sealed record DialsResource(
    int OtpTtl, int OtpTries, int FailWaitFrom, int FailWaitFirst, int FailWaitLongest, int SignInTtl, int SecondFactorTtl,
    int ResendGap, int SendsPerNumberAndHour, int SendsPerNumberAndDay, int SendsPerUserAndHour, int AccessTtl, int SessionIdle, int SessionMax);
