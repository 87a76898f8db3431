// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Losses;
using AudioMesh.Cli.Eval.Results;
using AudioMesh.Cli.Eval.Trials;

namespace AudioMesh.Cli.Eval;

/// <summary>
/// Evaluates methods over a corpus: a clip on each processor at a time, with the same results on any number of them; then times the methods alone.
/// </summary>
/// <param name="plan">What to evaluate.</param>
/// <param name="corpus">The clips.</param>
internal sealed class Evaluation(EvalPlan plan, Corpus corpus)
{
    private readonly OutputLog[] _outputs = [.. plan.Methods.Select(_ => new OutputLog())];

    /// <summary>A step is done, and which. Raised on any thread.</summary>
    public event Action<string>? StepDone;

    /// <summary>How many steps there are.</summary>
    public int Steps => (corpus.Clips.Count * (plan.Scenarios.Count + (plan.Gaps > 0 ? 1 : 0))) + plan.Methods.Count;

    /// <summary>To be called once. Throws what files throw, and OperationCanceledException.</summary>
    public async Task<EvalResult> RunAsync(CancellationToken cancellation)
    {
        if (plan.RenderFolder is { } folder)
        {
            foreach (Clip clip in corpus.Clips)
            {
                Rendering.WriteReference(folder, clip);
            }
        }

        IsolatedResult? isolated = plan.Gaps > 0 ? await FillGapsAsync(cancellation) : null;
        List<StreamResult> streams = [];
        foreach (LossScenario scenario in plan.Scenarios)
        {
            streams.Add(await StreamAsync(scenario, cancellation));
        }

        return new EvalResult
        {
            Plan = plan,
            Clips = corpus.Clips,
            Skipped = corpus.Skipped,
            Isolated = isolated,
            Streams = streams,
            Methods = [.. plan.Methods.Select((method, index) => Summarise(method, _outputs[index], cancellation))],
        };
    }

    private async Task<IsolatedResult> FillGapsAsync(CancellationToken cancellation)
    {
        (ClipGaps Gaps, IReadOnlyList<GapExample> Examples)[] trials =
            await EachClipAsync((clip, logs) => IsolatedTrial.Run(plan, clip, logs), "gaps", cancellation);
        ClipGaps[] clips = [.. trials.Select(trial => trial.Gaps)];
        return new IsolatedResult(
            plan.PacketFrames, IsolatedTrial.Lengths, Averages.Of(plan.Methods, clips), clips, [.. trials.SelectMany(trial => trial.Examples)]);
    }

    private async Task<StreamResult> StreamAsync(LossScenario scenario, CancellationToken cancellation)
    {
        ClipStream[] clips = await EachClipAsync((clip, logs) => StreamTrial.Run(plan, scenario, clip, logs), scenario.Name, cancellation);
        Fnv64 hash = new();
        foreach (ClipStream clip in clips)
        {
            hash.Add(clip.TraceHash);
        }

        return new StreamResult(scenario, hash.Value, Averages.Of(plan.Methods, clips), clips);
    }

    private async Task<T[]> EachClipAsync<T>(Func<Clip, IReadOnlyList<OutputLog>, T> run, string what, CancellationToken cancellation)
    {
        (T Result, OutputLog[] Logs)[] done = new (T, OutputLog[])[corpus.Clips.Count];
        await Parallel.ForAsync(0, done.Length, cancellation, (index, _) =>
        {
            OutputLog[] logs = [.. plan.Methods.Select(_ => new OutputLog())];
            done[index] = (run(corpus.Clips[index], logs), logs);
            StepDone?.Invoke($"{corpus.Clips[index].Name}: {what}");
            return ValueTask.CompletedTask;
        });
        foreach ((_, OutputLog[] logs) in done)
        {
            foreach ((OutputLog all, OutputLog one) in _outputs.Zip(logs))
            {
                all.Add(one);
            }
        }

        return [.. done.Select(one => one.Result)];
    }

    private MethodSummary Summarise(ConcealMethod method, OutputLog output, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        (CallCost fill, CallCost receive, CallCost work) = new CostTrial(method).Run(plan, corpus.Clips);
        StepDone?.Invoke($"{method.Name}: time");
        return new MethodSummary(method, output.Hash, output.NotFinite, fill, receive, work);
    }
}
