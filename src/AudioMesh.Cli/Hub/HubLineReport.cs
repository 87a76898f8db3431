// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Reports;
using AudioMesh.Network.Hub;

namespace AudioMesh.Cli.Hub;

/// <summary>Plain lines, one for each client and one for all every five seconds.</summary>
internal sealed class HubLineReport : IHubReport
{
    private const int LooksPerLine = 5;

    private int _looks;

    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(1);

    public void Begin(string name, HubHost hub, HubServerOptions options, string mixer) => Console.WriteLine(HubTexts.Begin(name, hub, options, mixer));

    public void Tell(HubEvent happened) => Console.WriteLine(HubTexts.Of(happened));

    public void Progress(HubLook look)
    {
        if (_looks++ % LooksPerLine == 0)
        {
            Write(look);
        }
    }

    public Task AroundAsync(Func<Task> body) => body();

    public void End(HubLook look, bool isInterrupted)
    {
        Write(look);
        Console.WriteLine($"Mixed {Texts.Count(look.Periods, "period")}{(isInterrupted ? ", interrupted" : "")}");
    }

    private static void Write(HubLook look)
    {
        Console.WriteLine($"{Texts.Clock(look.Seconds)}  {Texts.Count(look.Clients.Count, "client")}, {HubTexts.Cost(look)}");
        foreach (HubClientStatus client in look.Clients)
        {
            Console.WriteLine($"      {HubTexts.Client(client, look)}");
        }
    }
}
