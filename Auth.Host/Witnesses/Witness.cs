using System.Net.Http.Headers;
using System.Text;
using Auth.Host.Delivery.Mail;
using Auth.Projections.Proof;

namespace Auth.Host.Witnesses;

/// <summary>Somebody outside who keeps the newest checkpoint, told once over all hosts.</summary>
internal interface IWitness
{
    /// <summary>What it is called in the database.</summary>
    string Name { get; }

    /// <summary>How often it wants to be told.</summary>
    TimeSpan Every { get; }

    /// <summary>Tells it; throws when it did not take it.</summary>
    Task Tell(SignedNote note, CancellationToken ct);
}

/// <summary>A checkpoint was not taken.</summary>
internal sealed class NotWitnessedException(string why) : Exception(why);

/// <summary>Gets each checkpoint as the body of a POST.</summary>
internal sealed class UrlWitness(Uri url, string? authorization, IHttpClientFactory clients) : IWitness
{
    /// <summary>The name of its client.</summary>
    internal const string Client = "witness";

    public string Name => $"{url.Host}{url.AbsolutePath}";

    public TimeSpan Every => TimeSpan.Zero;

    public async Task Tell(SignedNote note, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent($"{note}", Encoding.UTF8, new MediaTypeHeaderValue("text/plain")) };
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await clients.CreateClient(Client).SendAsync(request, ct);
        if (!answer.IsSuccessStatusCode) throw new NotWitnessedException($"The witness at {url.Host} answered {(int)answer.StatusCode}.");
    }
}

/// <summary>Gets the newest checkpoint by mail, now and then.</summary>
internal sealed class MailWitness(string to, TimeSpan every, IMailSender mail) : IWitness
{
    public string Name => "mail";

    public TimeSpan Every => every;

    public async Task Tell(SignedNote note, CancellationToken ct)
    {
        var checkpoint = Checkpoint.Parse(note.Text)!;
        var reference = $"checkpoint_{checkpoint.Size}_{Convert.ToHexStringLower(checkpoint.Root)[..16]}";
        var letter = new MailMessage(to, $"Checkpoint of {checkpoint.Origin}: {checkpoint.Size} events", $"Keep this mail: it proves later that nothing before it was changed.\n\n{note}", null, reference);
        if (!mail.IsConfigured || await mail.SendAsync(letter, ct) is MailReceipt.Refused) throw new NotWitnessedException("The mail with the checkpoint was not taken.");
    }
}
