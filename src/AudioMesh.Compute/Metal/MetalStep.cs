// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Metal.Interop;

namespace AudioMesh.Compute.Metal;

/// <summary>One dispatch, with what Metal wants for it.</summary>
internal readonly record struct MetalStep(nint Pipeline, nint[] Buffers, MTLSize Groups, MTLSize Threads);
