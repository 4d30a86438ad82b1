using Microsoft.Extensions.Options;

namespace Auth.Host.Passwords;

/// <summary>What a guess costs (<c>Auth:Passwords</c>).</summary>
public sealed class PasswordOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Auth:Passwords";

    /// <summary>Memory of one hash. Where nothing is set: 64 MiB, or the floor on a machine that cannot spare that for every core.</summary>
    public long? MemoryKiB { get; set; }

    /// <summary>Passes over it.</summary>
    public int? Passes { get; set; }

    /// <summary>How many are computed at once; never more than there are cores.</summary>
    public int Parallel { get; set; } = Environment.ProcessorCount;

    /// <summary>How many may wait for their turn before the service says it is busy.</summary>
    public int Waiting { get; set; } = 16 * Environment.ProcessorCount;

    internal HashCost Cost => MemoryKiB is { } memory && Passes is { } passes ? new(memory, passes) : HashCost.Fitting(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, Parallel);
}

/// <summary>Refuses at start what would make guessing cheap.</summary>
public sealed class PasswordOptionsCheck(IHostEnvironment environment) : IValidateOptions<PasswordOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, PasswordOptions options) => options switch
    {
        { MemoryKiB: null, Passes: not null } or { MemoryKiB: not null, Passes: null } =>
            ValidateOptionsResult.Fail("Auth:Passwords:MemoryKiB and Auth:Passwords:Passes are set together or not at all."),
        { MemoryKiB: < 8 or > 4 * 1024 * 1024 } or { Passes: < 1 or > 100 } =>
            ValidateOptionsResult.Fail("Auth:Passwords:MemoryKiB is 8 to 4194304, Auth:Passwords:Passes 1 to 100."),
        _ when options.Parallel < 1 || options.Parallel > Environment.ProcessorCount || options.Waiting < 0 =>
            ValidateOptionsResult.Fail($"Auth:Passwords:Parallel is 1 to the number of cores ({Environment.ProcessorCount}), Auth:Passwords:Waiting not negative."),
        _ when environment.IsProduction() && !options.Cost.IsEnough =>
            ValidateOptionsResult.Fail($"Auth:Passwords asks for less than the floor of {HashCost.Floor}: not in Production."),
        _ => ValidateOptionsResult.Success,
    };
}
