// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Runs;

namespace AudioMesh.Cli.Reports;

/// <summary>Tells how a run goes. Notes and xruns may come from any thread, the others from the run.</summary>
internal interface IReport
{
    /// <summary>How often to tell the progress.</summary>
    TimeSpan Interval { get; }

    /// <summary>Tells something the user should know, under a name that programs can know it by.</summary>
    void Note(string name, string text);

    /// <summary>Tells what was heard that should not be.</summary>
    void Xrun(XrunEvent xrun);

    /// <summary>Tells what begins.</summary>
    void Begin(RunStart start);

    /// <summary>Tells how it stands; only inside <see cref="AroundAsync"/>.</summary>
    void Progress(RunProgress progress);

    /// <summary>Does <paramref name="body"/> with the progress shown around it.</summary>
    Task AroundAsync(Func<Task> body);

    /// <summary>Tells what it came to.</summary>
    void End(RunSummary summary);
}
