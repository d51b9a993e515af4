"""Images warped by torch.nn.functional.grid_sample and scaled by interpolate, for WarpTest and ResizeTest:
python3 make_warps.py > warps.json (made with torch 2.13)."""
import json
import sys

import torch
import torch.nn.functional as F

torch.manual_seed(3)
C, H, W = 2, 7, 9
image = torch.randint(0, 256, (1, C, H, W)).double()


def warp(a, b, tx, c, d, ty):
    """Places in pixels from the centre, as grid_sample's coordinates from -1 to 1."""
    theta = torch.tensor([[[a, b * H / W, tx * 2 / W], [c * W / H, d, ty * 2 / H]]], dtype=torch.double)
    grid = F.affine_grid(theta, image.shape, align_corners=False)
    out = F.grid_sample(image, grid, mode="bilinear", padding_mode="zeros", align_corners=False)
    return {"matrix": [a, b, tx, c, d, ty], "pixels": out.flatten().tolist()}


def resize(height, width):
    out = F.interpolate(image, size=(height, width), mode="bilinear", align_corners=False)
    return {"height": height, "width": width, "pixels": out.flatten().tolist()}


json.dump({
    "torch": torch.__version__, "channels": C, "height": H, "width": W, "image": [int(v) for v in image.flatten()],
    "warps": [warp(1, 0, 0, 0, 1, 0), warp(1, 0, 1.25, 0, 1, -2.5), warp(0.866, -0.5, 0, 0.5, 0.866, 0),
              warp(0.7, 0.1, -0.3, -0.2, 1.4, 0.6), warp(2.5, 0, 0, 0, 2.5, 0), warp(-1, 0, 0, 0, 1, 0)],
    "resizes": [resize(7, 9), resize(14, 18), resize(28, 28), resize(3, 4), resize(1, 1), resize(5, 20)],
}, sys.stdout)
print()
