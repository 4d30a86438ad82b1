using MailKit.Net.Smtp;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Auth.Host.Delivery.Mail;

/// <summary>Mail: the settings and the sender.</summary>
public static class Mail
{
    /// <summary>Registers <see cref="IMailSender"/> over SMTP.</summary>
    public static WebApplicationBuilder AddMail(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsRules>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Func<SmtpClient>>(() => new SmtpClient());
        services.AddSingleton<IMailSender, SmtpMailSender>();
        return builder;
    }
}
