// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Cli.Demo.Judging;
using AudioMesh.Cli.Demo.Live;

namespace AudioMesh.Cli.Demo.Output;

/// <summary>Plain lines, one a second while it runs.</summary>
internal sealed class DemoLineReport : IDemoReport
{
    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(1);

    public void Note(string name, string text) => Console.WriteLine(text);

    public void Begin(DemoPlan plan, StreamInfo device, int rate) => Console.WriteLine(DemoTexts.Begin(plan, device, rate));

    public void Progress(DemoProgress progress) => Console.WriteLine(DemoTexts.Line(progress));

    public Task AroundAsync(Func<Task> body) => body();

    public void End(DemoResult result, string? page)
    {
        foreach (string line in DemoTexts.End(result))
        {
            Console.WriteLine(line);
        }

        if (page is not null)
        {
            Console.WriteLine($"Wrote {page}");
        }
    }
}
