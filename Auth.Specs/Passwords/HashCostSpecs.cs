using Auth.Host.Passwords;
using Microsoft.Extensions.Hosting.Internal;

namespace Auth.Specs.Passwords;

/// <summary>R46: Production hashes at the floor or above.</summary>
public sealed class HashCostSpecs
{
    private const long GiB = 1024 * 1024 * 1024;

    [Theory]
    [InlineData("Production", 19_456, 2, true)]
    [InlineData("Production", 65_536, 3, true)]
    [InlineData("Production", 19_455, 2, false)]
    [InlineData("Production", 65_536, 1, false)]
    [InlineData("Production", 64, 1, false)]
    [InlineData("Development", 64, 1, true)]
    [InlineData("Development", 1, 1, false)]
    [InlineData("Development", 64, 0, false)]
    public void below_the_floor_nothing_starts_in_production(string environment, int memory, int passes, bool starts) =>
        Starts(environment, new() { MemoryKiB = memory, Passes = passes }).ShouldBe(starts);

    [Fact]
    public void one_dial_alone_is_refused() => Starts("Development", new() { MemoryKiB = 64 }).ShouldBeFalse();

    [Fact]
    public void more_hashes_at_once_than_cores_are_refused() =>
        Starts("Development", new() { Parallel = Environment.ProcessorCount + 1 }).ShouldBeFalse();

    [Fact]
    public void nothing_set_is_fine_everywhere() => Starts("Production", new()).ShouldBeTrue();

    [Fact]
    public void a_machine_with_room_pays_the_usual_cost_and_a_small_one_the_floor() =>
        (HashCost.Fitting(8 * GiB, parallel: 2), HashCost.Fitting(GiB / 4, parallel: 2)).ShouldBe((HashCost.Usual, HashCost.Floor));

    private static bool Starts(string environment, PasswordOptions options) =>
        new PasswordOptionsCheck(new HostingEnvironment { EnvironmentName = environment }).Validate(null, options).Succeeded;
}
