// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Results;

/// <summary>A method as a whole.</summary>
/// <param name="Method">What it is.</param>
/// <param name="OutputHash">Of every sample it gave, to the bit.</param>
/// <param name="NotFinite">How many of them were no finite numbers; they count as 0.</param>
/// <param name="Fill">What a lost packet cost, on the thread that plays; all measured alone, on one thread.</param>
/// <param name="Receive">What a packet that arrived cost, on the thread that plays.</param>
/// <param name="Work">What was done after each packet cost, on a thread of its own: training.</param>
internal sealed record MethodSummary(ConcealMethod Method, ulong OutputHash, long NotFinite, CallCost Fill, CallCost Receive, CallCost Work);
