// SPDX-License-Identifier: MIT
using System.Net;

namespace AudioMesh.Cli.Takes;

/// <summary>A host that hands over takes.</summary>
/// <param name="Host">Its name in the session.</param>
/// <param name="Address">Where.</param>
internal sealed record TakeSource(string Host, IPEndPoint Address);
