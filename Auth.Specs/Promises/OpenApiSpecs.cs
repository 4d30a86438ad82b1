using System.Text.Json.Nodes;
using Auth.Specs.Given;

namespace Auth.Specs.Promises;

/// <summary>The API document in <c>docs/openapi.json</c> is what apps build against. A change is told in the changelog, and made by saving <c>/openapi/v1.json</c> of a running host there.</summary>
public class OpenApiSpecs(RunningHost host)
{
    [Fact]
    public async Task the_document_is_the_one_that_is_checked_in()
    {
        var served = JsonNode.Parse((await new Browser(host).Get("/openapi/v1.json")).Text)!;
        var promised = JsonNode.Parse(await File.ReadAllTextAsync(Checkout.File("docs", "openapi.json"), TestContext.Current.CancellationToken))!;

        JsonNode.DeepEquals(served, promised).ShouldBeTrue("docs/openapi.json differs from what the host serves at /openapi/v1.json");
    }

    [Fact]
    public async Task every_operation_says_what_it_is_for()
    {
        var document = JsonNode.Parse((await new Browser(host).Get("/openapi/v1.json")).Text)!;

        var operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => (Name: $"{operation.Key} {path.Key}", operation.Value)));
        operations.Where(operation => (string?)operation.Value!["summary"] is null).Select(operation => operation.Name).ShouldBeEmpty();
    }
}
