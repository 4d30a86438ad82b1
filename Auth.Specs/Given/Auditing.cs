using System.Text.Json.Nodes;
using Auth.Domain.Audits;
using Auth.Host.Audit.Access;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.Specs.Given;

/// <summary>An auditor at the audit API, and the trail that they leave.</summary>
public sealed class Auditing(RunningHost host, string key = RunningHost.AuditKey)
{
    /// <summary>GET with the auditor's key, once the readings have followed.</summary>
    public Task<Reply> Get(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/audit{path}");
        request.Headers.Authorization = new("Bearer", key);
        return new Browser(host).Send(request);
    }

    /// <summary>The types of the events that are found, once there are so many.</summary>
    public async Task<IReadOnlyList<string>> Types(string query, int atLeast = 1) => [.. (await Found(query, atLeast)).Select(e => (string)e!["type"]!)];

    /// <summary>The events that are found, once there are so many: readings and numbers follow within a moment.</summary>
    public Task<JsonArray> Found(string query, int atLeast = 1) => Eventually.Of(async () =>
    {
        var reply = await Get($"/events?{query}");
        reply.Status.ShouldBe(200, reply.Text);
        return reply.Json["data"]!.AsArray() is { } data && data.Count >= atLeast ? data : null;
    });

    /// <summary>What their trail holds.</summary>
    public async Task<IReadOnlyList<AuditEvent>> Trail()
    {
        var auditor = host.Alba.Services.GetRequiredService<Auth.Host.Instances.Tenants>().Of("default").Auditors.Of(key).ShouldNotBeNull();
        await using var session = host.Store.QuerySession("default");
        return [.. (await session.Events.FetchStreamAsync(auditor.Trail, token: TestContext.Current.CancellationToken)).Select(e => (AuditEvent)e.Data)];
    }
}
