using System.Net;

namespace Auth.Host.Delivery.Sms;

/// <summary>What one HTTP exchange came to.</summary>
internal abstract record SinchAnswer
{
    private SinchAnswer() { }

    /// <summary>The provider answered.</summary>
    public sealed record Said(HttpStatusCode Status, byte[] Body, TimeSpan? RetryAfter = null) : SinchAnswer
    {
        public bool Good => (int)Status is >= 200 and < 300;

        public override string ToString() => $"Said({(int)Status})";
    }

    /// <summary>No byte of the request reached the provider.</summary>
    public sealed record NotReached(string Why) : SinchAnswer;

    /// <summary>The request may have arrived, the answer did not.</summary>
    public sealed record Lost(string Why) : SinchAnswer;
}

/// <summary>What an answer to a submission means for the text.</summary>
internal abstract record Submission
{
    private Submission() { }

    /// <summary>The provider has it.</summary>
    public sealed record Taken(string Id) : Submission;

    /// <summary>It does not want it, now or later.</summary>
    public sealed record Rejected(int Status, string Code, string Text) : Submission
    {
        /// <summary>Only an operator can help: the account, not the number, is the trouble.</summary>
        public bool Alarming => Status is not (400 or 422);
    }

    /// <summary>It certainly does not have it; later may be better.</summary>
    public sealed record NotTaken(string Code, string Text, TimeSpan? After = null) : Submission;

    /// <summary>It may have it.</summary>
    public sealed record Unknown(string Why) : Submission;

    /// <summary>The whole table.</summary>
    public static Submission Of(SinchAnswer answer) => answer switch
    {
        SinchAnswer.NotReached none => new NotTaken("not_reached", none.Why),
        SinchAnswer.Lost lost       => new Unknown(lost.Why),
        SinchAnswer.Said said       => Of(said, SinchError.Parse(said.Body)),
        _                           => throw new InvalidOperationException($"{answer.GetType().Name} is no answer."),
    };

    private static Submission Of(SinchAnswer.Said said, SinchError error) => (int)said.Status switch
    {
        >= 200 and < 300 when SinchJson.Read<Batch>(said.Body)?.Id is { Length: > 0 } id => new Taken(id),
        >= 200 and < 300         => new Unknown($"{(int)said.Status} without an id"),
        429                      => new NotTaken(error.Code ?? "too_many_requests", error.Text ?? "Sinch is busy.", said.RetryAfter),
        503 when error.Told      => new NotTaken(error.Code ?? "unavailable", error.Text ?? "Sinch is not available.", said.RetryAfter),
        >= 400 and < 500 and not 408 => new Rejected((int)said.Status, error.Code ?? $"http_{(int)said.Status}", error.Text ?? "Sinch refused the text."),
        _                        => new Unknown($"answered {(int)said.Status}"),
    };
}
