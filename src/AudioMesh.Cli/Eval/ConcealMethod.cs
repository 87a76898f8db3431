// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval;

/// <summary>A way of concealment.</summary>
/// <param name="Name">By which it is asked for.</param>
/// <param name="Description">What it does, in a line.</param>
/// <param name="LooksAhead">Whether it is given the packet after a lost one, as behind a jitter buffer that is a packet deep.</param>
/// <param name="Create">Makes one for a stream, from its rate and the frames in its packets.</param>
internal sealed record ConcealMethod(string Name, string Description, bool LooksAhead, Func<int, int, IConcealer> Create);
