// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Eval.Results;
using AudioMesh.Cli.Reports;
using Spectre.Console;

namespace AudioMesh.Cli.Eval.Output;

/// <summary>Shows how far an evaluation is: a bar on a terminal, else a line a step, and nothing beside JSON.</summary>
internal static class EvalProgress
{
    public static Task<EvalResult> RunAsync(Evaluation evaluation, bool asJson, CancellationToken cancellation) =>
        asJson ? evaluation.RunAsync(cancellation)
        : Screen.IsTerminal ? WithBarAsync(evaluation, cancellation)
        : WithLinesAsync(evaluation, cancellation);

    private static Task<EvalResult> WithBarAsync(Evaluation evaluation, CancellationToken cancellation) =>
        Screen.Open().Progress().AutoClear(true).StartAsync(context =>
        {
            ProgressTask bar = context.AddTask("Loading", maxValue: evaluation.Steps);
            evaluation.StepDone += step =>
            {
                bar.Description = Markup.Escape(step);
                bar.Increment(1);
            };
            return evaluation.RunAsync(cancellation);
        });

    private static async Task<EvalResult> WithLinesAsync(Evaluation evaluation, CancellationToken cancellation)
    {
        int done = 0;
        evaluation.StepDone += step => Console.WriteLine($"{Interlocked.Increment(ref done)}/{evaluation.Steps} {step}");
        EvalResult result = await evaluation.RunAsync(cancellation);
        Console.WriteLine();
        return result;
    }
}
