using Auth.Specs.Given;
using Npgsql;

namespace Auth.Specs.Mail;

/// <summary>A notice waits for a mail server that is busy, through a queue that holds ids only.</summary>
public class NoticeQueueSpecs
{
    [Fact]
    public async Task what_a_server_does_not_take_is_brought_again_to_that_address_only()
    {
        var refusals = 0;
        string[] addresses = ["axolotl5512@example.com", "quagga5512@example.com"];
        await using var office = new PostOffice(line => line == $"RCPT TO:<{addresses[0]}>" && Interlocked.Increment(ref refusals) == 1 ? "450 4.2.0 greylisted" : null).Open();
        await using var host = new RunningHost
        {
            Name = "notice_queue",
            Settings = { ["Auth:Mail:Host"] = "127.0.0.1", ["Auth:Mail:Port"] = $"{office.Port}", ["Auth:Mail:Security"] = "None", ["Auth:Mail:From"] = "noreply@example.com" },
        };
        await host.InitializeAsync();
        var user = (await new Operator(host).Post("/v1/users", new { email_address = addresses })).Json;

        (await new Operator(host).Post($"/v1/users/{(string)user["id"]!}/lock", new { })).Status.ShouldBe(200);
        var queue = await Eventually.Of(async () => await Queue(host) is { Length: > 0 } waiting && refusals == 1 ? waiting : null);
        await Eventually.Of(() => Task.FromResult(office.Letters.Count >= 2 ? office : null));

        office.Letters.Select(handed => handed.To.ShouldHaveSingleItem()).ShouldBe(addresses, ignoreOrder: true);
        office.Letters.Select(handed => handed.Letter.MessageId).Distinct().ShouldHaveSingleItem().ShouldStartWith("ntc_");
        host.Log.Text.ShouldContain("ntc_");
        queue.ShouldContain("AccountLocked");
        addresses.ShouldAllBe(address => !(queue + host.Log.Text).Contains(address.Split('@', 2)[0]));
    }

    /// <summary>Every envelope of the bus, bodies too.</summary>
    private static async Task<string> Queue(RunningHost host)
    {
        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        await using var command = source.CreateCommand("select coalesce(string_agg(t::text || encode(t.body, 'escape'), ' '), '') from auth_bus.wolverine_incoming_envelopes t where status <> 'Handled' and message_type like '%SendNoticeTo'");
        return (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
