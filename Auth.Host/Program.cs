using Auth.Host.Database;

var builder = WebApplication.CreateBuilder(args);
await builder.AddDatabase();
var app = builder.Build();
await app.RunAsync();

/// <summary>The host, named so that specs can start it.</summary>
public partial class Program;
