using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Auth.Host.Delivery.Sms;

namespace Auth.Specs.Sms;

/// <summary>One text from the real client to the fake, and what can be seen of it on either side.</summary>
public sealed class Story : IAsyncDisposable
{
    private Story(FakeHost host, Sending client, SmsMessage text) => (Host, Client, Text) = (host, client, text);

    public FakeHost Host { get; }

    public Sending Client { get; }

    public SmsMessage Text { get; }

    public static async Task<Story> Of(SmsDatabase database, string number, (string, string?)[]? settings = null)
    {
        var host = await FakeHost.Start(database, settings ?? FakeHost.PlanSettings);
        return new(host, Sending.To(host.Fake, settings ?? FakeHost.PlanSettings), Sending.Text(number));
    }

    public Task<SmsReceipt> Receipt() => Client.Send(Text);

    public async Task<int> Arrived() => (await Host.Inbox(Text.To, Text.Reference)).Count;

    public async Task<IEnumerable<string>> Bodies() => (await Host.Inbox(Text.To, Text.Reference)).Select(text => (string)text["body"]!);

    /// <summary>The provider's id of the one text with this reference.</summary>
    public async Task<string> ProviderId() => (string)(await Batches()).ShouldHaveSingleItem()!["id"]!;

    public async Task<JsonArray> Batches() =>
        (await Host.Say(HttpMethod.Get, $"{FakeHost.Plan}/batches?client_reference={Text.Reference}"))["batches"]!.AsArray();

    /// <summary>Asks until the report has this code; the clock of the fake jumps, so that takes as long as a few writes.</summary>
    public async Task<string> End(int code)
    {
        var path = $"{FakeHost.Plan}/batches/{await ProviderId()}/delivery_report/{Text.To.TrimStart('+')}";
        while (true)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            var report = await Host.Say(HttpMethod.Get, path);
            if ((int)report["code"]! == code) return (string)report["status"]!;
            if ((int)report["code"]! is not (400 or 401)) throw new InvalidOperationException($"The text ended with {report["code"]}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Host.DisposeAsync();
    }
}
