using Auth.Host.Audit;
using Auth.Host.Audit.Access;
using Auth.Host.Audit.WhatIf;
using Auth.Host.Clients;
using Auth.Host.Database;
using Auth.Host.Delivery.FakeMail;
using Auth.Host.Delivery.FakeSinch;
using Auth.Host.Delivery.Mail;
using Auth.Host.Delivery.Sms;
using Auth.Host.Http;
using Auth.Host.Instances;
using Auth.Host.Keys;
using Auth.Host.Limits;
using Auth.Host.Me;
using Auth.Host.Passkeys;
using Auth.Host.Passwords;
using Auth.Host.Rebuilding;
using Auth.Host.Recoveries;
using Auth.Host.Sessions;
using Auth.Host.Sessions.Refreshing;
using Auth.Host.Sessions.Tokens;
using Auth.Host.SignIns;
using Auth.Host.SignUps;
using Auth.Host.Tickets;
using Auth.Host.TrustedDevices;
using Auth.Host.Users;
using Auth.Host.Wiring;
using Auth.Host.Witnesses;

if (AuditCommand.Handles(args)) return await AuditCommand.Run(args);
if (ReadingsCommand.Handles(args)) return await ReadingsCommand.Run(args);

return await Starting.Telling(async () =>
{
    var builder = WebApplication.CreateBuilder(args);

    await builder.AddDatabase(args);
    builder.AddEventStore();
    builder.AddMessaging();
    builder.AddKeys();
    builder.AddPasswords();
    builder.AddSessionTokens();
    builder.AddHttp();
    builder.AddLimits();
    builder.AddSms();
    builder.AddFakeSinch();
    builder.AddMail();
    builder.AddFakeMail();
    builder.AddPasskeys();
    builder.AddSignIns();
    builder.AddSignUps();
    builder.AddSessions();
    builder.AddSettings();
    builder.AddAudit();
    builder.AddSeals();
    builder.AddHealth();
    builder.AddOpenApiDocument();

    var app = builder.Build();

    app.UseHttp();
    app.UseLimits();
    app.MapSignIns();
    app.MapSignUps();
    app.MapClients();
    app.MapMe();
    app.MapRecoveries();
    app.MapTrustedDevices();
    app.MapOperatorsFactors();
    app.MapOperatorsRemovals();
    app.MapStepUp();
    app.MapOwnSessions();
    app.MapEnvironment();
    app.MapUsers();
    app.MapTickets();
    app.MapOperatorsSessions();
    app.MapRefreshing();
    app.MapSettings();
    app.MapWhatIf();
    app.MapDays();
    app.MapAudit();
    app.MapKeySets();
    app.MapPasskeys();
    app.MapSinchHooks();
    app.MapFakeSinch();
    app.MapFakeMail();
    app.MapHealth();
    app.MapOpenApiDocument();

    return await app.Serve(args);
});

/// <summary>The host, named so that specs can start it.</summary>
public partial class Program;
