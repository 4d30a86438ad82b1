using Auth.Projections;
using JasperFx.Events.Daemon;
using Marten;

namespace Auth.Specs.Reading;

/// <summary>A reading that meets what it cannot apply, cannot read or does not know stops there, whether it follows or is rebuilt; it never goes on without an event (R90).</summary>
public class NothingSkippedSpecs
{
    [Fact]
    public void no_reading_goes_on_without_an_event()
    {
        var options = new StoreOptions();
        StoreSettings.Apply(options, TimeProvider.System);

        foreach (var errors in (ErrorHandlingOptions[])[options.Projections.Errors, options.Projections.RebuildErrors])
            (errors.SkipApplyErrors, errors.SkipSerializationErrors, errors.SkipUnknownEvents).ShouldBe((false, false, false));
    }
}
