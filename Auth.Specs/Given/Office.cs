using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Auth.Host.Instances;
using Marten;

namespace Auth.Specs.Given;

/// <summary>An operator at the settings of a host of their own: what is in force there is in force for nobody else. Every spec begins as shipped, under some version.</summary>
public sealed class Office : IAsyncLifetime
{
    /// <summary>Where it is.</summary>
    public const string Path = "/v1/instance/settings";

    /// <summary>The host.</summary>
    public RunningHost Host { get; } = new() { Name = $"office_{Guid.NewGuid():n}" };

    /// <summary>The version in force when the spec began.</summary>
    public long Began { get; private set; }

    /// <inheritdoc />
    public ValueTask InitializeAsync() => Host.InitializeAsync();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>As shipped, nothing staged.</summary>
    public async Task<Office> Open()
    {
        var restored = await Send(HttpMethod.Post, $"{Path}/versions/0/restore", new { }, (string)(await Get()).Headers["ETag"]);
        restored.Status.ShouldBe(200, restored.Text);
        (await Send(HttpMethod.Delete, $"{Path}/staged")).Status.ShouldBe(200);
        Began = (long)restored.Json["version"]!;
        return this;
    }

    /// <summary>The version so many after the first, as a header says it.</summary>
    public string Tag(int after = 0) => $"\"{Began + after}\"";

    /// <summary>What is in force and what is staged.</summary>
    public Task<Reply> Get() => Send(HttpMethod.Get, Path);

    /// <summary>Stages a change.</summary>
    public Task<Reply> Stage(object change) => Send(HttpMethod.Patch, Path, change);

    /// <summary>Applies what is staged.</summary>
    public Task<Reply> Apply(string? version, object? body = null) => Send(HttpMethod.Post, $"{Path}/apply", body ?? new { }, version);

    /// <summary>Restores an earlier version.</summary>
    public Task<Reply> Restore(long earlier, string? version, object? body = null) => Send(HttpMethod.Post, $"{Path}/versions/{earlier}/restore", body ?? new { }, version);

    /// <summary>What clients are told.</summary>
    public async Task<JsonNode> Environment() => (await new Browser(Host).Get("/v1/environment")).Json;

    /// <summary>What a step of a sign-in reads.</summary>
    public async Task<InstanceSettings> Row()
    {
        await using var session = Host.Store.QuerySession(Tenants.Default);
        return (await session.LoadAsync<InstanceSettings>(InstanceSettings.TheOne, TestContext.Current.CancellationToken))!;
    }

    /// <summary>Anything, with the key.</summary>
    public Task<Reply> Send(HttpMethod method, string path, object? body = null, string? version = null) => Send(Host, method, path, body, version);

    /// <summary>Anything, with the key, to any host.</summary>
    public static Task<Reply> Send(IReachable host, HttpMethod method, string path, object? body = null, string? version = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new("Bearer", host.Key);
        if (version is not null) request.Headers.TryAddWithoutValidation("If-Match", version);
        return new Browser(host).Send(request);
    }
}
