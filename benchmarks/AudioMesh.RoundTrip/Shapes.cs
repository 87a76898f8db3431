// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;

namespace AudioMesh.RoundTrip;

/// <summary>Everything this program writes as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(Measurement[]))]
[JsonSerializable(typeof(RelayFigures[]))]
[JsonSerializable(typeof(JdatFigures))]
internal sealed partial class Shapes : JsonSerializerContext;
