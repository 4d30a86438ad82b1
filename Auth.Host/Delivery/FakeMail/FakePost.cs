using System.Text.Json.Nodes;
using Auth.Host.Delivery.FakeSinch;
using Auth.Host.Delivery.Mail;
using Auth.Host.Delivery.Sms;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Wiring;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Auth.Host.Delivery.FakeMail;

/// <summary>Mail in Development: kept beside the texts unless a mail server is configured. The page is the inbox of the fake Sinch; the JSON is here.</summary>
public static class FakePost
{
    /// <summary>Nothing outside Development; there, whoever asks for it with <c>Auth:Mail:Fake=true</c> is refused.</summary>
    public static WebApplicationBuilder AddFakeMail(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment())
        {
            return builder.Configuration.GetValue<bool>("Auth:Mail:Fake")
                ? throw new SettingException("Auth:Mail:Fake is set, but the fake mail is refused outside Development: it shows every code to everybody.")
                : builder;
        }

        if (!MailOptions.Given(builder.Configuration["Auth:Mail:Host"])) builder.Services.Replace(ServiceDescriptor.Singleton<IMailSender, FakeMailSender>());
        return builder;
    }

    /// <summary>The letter box as JSON, if there is one.</summary>
    public static IEndpointRouteBuilder MapFakeMail(this IEndpointRouteBuilder app)
    {
        if (app.ServiceProvider.GetService<FakeLetters>() is not { } letters) return app;
        var fake = app.MapGroup("/_mail").OfNoInstance().ExcludeFromDescription();
        fake.MapGet("/inbox", () => Results.Redirect($"{FakeProvider.Path}/inbox"));
        fake.MapGet("/inbox/{address}", async (string address, CancellationToken ct) =>
            Results.Json(new JsonArray([.. (await letters.OfAsync(address, ct)).Select(Json)]), SinchJson.Options));
        fake.MapGet("/inbox/{address}/latest", async (string address, CancellationToken ct) =>
            await letters.OfAsync(address, ct) is [var latest, ..] ? Results.Json(Json(latest), SinchJson.Options) : Problems.NotFound.Answer());
        return app;
    }

    private static JsonObject Json(ReadLetter letter) => new()
    {
        ["to"] = letter.To,
        ["subject"] = letter.Subject,
        ["body"] = letter.Body,
        ["reference"] = letter.Reference,
        ["at"] = SinchJson.Moment(letter.At),
    };
}
