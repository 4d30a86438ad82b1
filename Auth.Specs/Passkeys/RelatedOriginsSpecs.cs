using Auth.Specs.Given;

namespace Auth.Specs.Passkeys;

/// <summary>A browser asks the service which pages on other domains may use its passkeys.</summary>
public class RelatedOriginsSpecs(RunningHost host)
{
    [Fact]
    public async Task are_those_that_are_allowed()
    {
        using var browser = host.Connect();

        using var answer = await browser.GetAsync(new Uri("/.well-known/webauthn", UriKind.Relative), TestContext.Current.CancellationToken);

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("""{"origins":["http://localhost:5080"]}""");
    }
}
