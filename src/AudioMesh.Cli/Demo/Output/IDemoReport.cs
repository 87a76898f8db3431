// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Cli.Demo.Judging;
using AudioMesh.Cli.Demo.Live;

namespace AudioMesh.Cli.Demo.Output;

/// <summary>Tells how a demo goes.</summary>
internal interface IDemoReport
{
    /// <summary>How often to tell the progress.</summary>
    TimeSpan Interval { get; }

    /// <summary>Tells something the user should know, under a name that programs can know it by.</summary>
    void Note(string name, string text);

    /// <summary>Tells what begins.</summary>
    void Begin(DemoPlan plan, StreamInfo device, int rate);

    /// <summary>Tells how both stand; only inside <see cref="AroundAsync"/>.</summary>
    void Progress(DemoProgress progress);

    /// <summary>Does <paramref name="body"/> with the progress shown around it.</summary>
    Task AroundAsync(Func<Task> body);

    /// <summary>Tells what it came to.</summary>
    void End(DemoResult result, string? page);
}
