package io.github.sparkcnn.data.sample;

import io.github.sparkcnn.data.sample.Canvas.Paint;

/** The ten kinds, in the order of their labels. Neighbouring cuts overlap: a long shirt is nearly a coat. */
enum Garment {
    T_SHIRT {
        @Override
        void draw(Canvas canvas, Cloth cloth) {
            double hem = cloth.between(0.5, 0.85);
            Upper.draw(canvas, cloth, hem, cloth.between(0.25, 0.6), cloth.between(0.9, 1.1));
            Upper.neck(canvas, cloth.between(0.12, 0.25), cloth.between(0.05, 0.25));
        }
    },
    TROUSERS {
        @Override
        void draw(Canvas canvas, Cloth cloth) {
            double waist = cloth.between(0.25, 0.4);
            double gap = cloth.between(0.03, 0.14);
            double ankle = cloth.between(0.12, 0.24);
            double foot = gap + ankle;
            double end = cloth.between(0.7, 0.95);
            canvas.polygon(
                    cloth,
                    0.5,
                    -waist,
                    -0.9,
                    waist,
                    -0.9,
                    waist + 0.06,
                    -0.4,
                    foot,
                    end,
                    gap,
                    end,
                    0,
                    -0.35,
                    -gap,
                    end,
                    -foot,
                    end,
                    -waist - 0.06,
                    -0.4);
        }
    },
    PULLOVER {
        @Override
        void draw(Canvas canvas, Cloth cloth) {
            double hem = cloth.between(0.5, 0.85);
            Upper.draw(canvas, cloth, hem, cloth.between(0.8, 1.05), cloth.between(0.9, 1.15));
            Upper.neck(canvas, cloth.between(0.12, 0.22), cloth.between(0.02, 0.12));
        }
    },
    DRESS {
        @Override
        void draw(Canvas canvas, Cloth cloth) {
            double shoulder = cloth.between(0.2, 0.34);
            double waist = cloth.between(0.16, 0.28);
            double hem = cloth.between(0.3, 0.55);
            double end = cloth.between(0.75, 0.98);
            canvas.polygon(
                    cloth,
                    0.5,
                    -shoulder,
                    -0.9,
                    shoulder,
                    -0.9,
                    waist + 0.04,
                    -0.5,
                    waist,
                    -0.15,
                    hem,
                    end,
                    -hem,
                    end,
                    -waist,
                    -0.15,
                    -waist - 0.04,
                    -0.5);
            if (cloth.chance(0.4)) {
                double length = cloth.between(0.1, 0.45);
                canvas.line(cloth, 0.2, -shoulder, -0.8, -shoulder - length * 0.5, -0.8 + length);
                canvas.line(cloth, 0.2, shoulder, -0.8, shoulder + length * 0.5, -0.8 + length);
            }
            Upper.neck(canvas, shoulder * 0.6, cloth.between(0.05, 0.3));
        }
    },
    COAT {
        @Override
        void draw(Canvas canvas, Cloth cloth) {
            double hem = cloth.between(0.7, 0.97);
            Upper.draw(canvas, cloth, hem, cloth.between(0.8, 1.05), cloth.between(1.0, 1.25));
            Upper.front(canvas, cloth, cloth.between(0.07, 0.16), hem);
        }
    },
    SANDAL {
        @Override
        void draw(Canvas canvas, Cloth cloth) {
            double heel = cloth.between(0.0, 0.35);
            canvas.polygon(
                    cloth,
                    0.3,
                    -0.9,
                    0.35,
                    0,
                    0.4 - heel * 0.3,
                    0.85,
                    0.35 - heel,
                    0.85,
                    0.45 - heel,
                    0,
                    0.5 - heel * 0.3,
                    -0.9,
                    0.45);
            canvas.line(cloth, 0.12, 0.8, 0.35 - heel, 0.8, 0.45);
            int straps = 2 + (int) cloth.between(0, 3);
            for (int i = 0; i < straps; i++) {
                double x = -0.7 + 1.4 * i / straps + cloth.between(0, 0.2);
                double top = cloth.between(-0.4, 0.05);
                canvas.line(cloth, cloth.between(0.06, 0.16), x, 0.35, x + 0.25, top);
                canvas.line(cloth, cloth.between(0.06, 0.16), x + 0.25, top, x + 0.5, 0.3 - heel * 0.6);
            }
        }
    },
    SHIRT {
        @Override
        void draw(Canvas canvas, Cloth cloth) {
            double hem = cloth.between(0.5, 0.82);
            Upper.draw(canvas, cloth, hem, cloth.between(0.45, 1.05), cloth.between(0.9, 1.15));
            Upper.front(canvas, cloth, cloth.between(0.04, 0.08), hem);
            Upper.neck(canvas, cloth.between(0.1, 0.2), cloth.between(0.05, 0.2));
        }
    },
    SNEAKER {
        @Override
        void draw(Canvas canvas, Cloth cloth) {
            Shoe.draw(canvas, cloth, cloth.between(-0.3, 0.05));
        }
    },
    BAG {
        @Override
        void draw(Canvas canvas, Cloth cloth) {
            double top = cloth.between(-0.35, 0.05);
            double bottom = cloth.between(0.5, 0.85);
            double upper = cloth.between(0.5, 0.8);
            double lower = cloth.between(0.5, 0.85);
            canvas.polygon(cloth, 0.8, -upper, top, upper, top, lower, bottom, -lower, bottom);
            double handle = upper * cloth.between(0.4, 0.9);
            double height = top - cloth.between(0.2, 0.6);
            double thickness = cloth.between(0.08, 0.18);
            canvas.line(cloth, thickness, -handle, top, -handle * 0.6, height);
            canvas.line(cloth, thickness, -handle * 0.6, height, handle * 0.6, height);
            canvas.line(cloth, thickness, handle * 0.6, height, handle, top);
            if (cloth.chance(0.5)) {
                double flap = top + (bottom - top) * cloth.between(0.3, 0.6);
                canvas.line(cloth.darker(0.5), 0.06, -upper, flap, upper, flap);
            }
        }
    },
    BOOT {
        @Override
        void draw(Canvas canvas, Cloth cloth) {
            Shoe.draw(canvas, cloth, cloth.between(-0.95, -0.4));
        }
    };

    abstract void draw(Canvas canvas, Cloth cloth);

    /** What is worn above the waist: body, sleeves, opening, neck. */
    private static final class Upper {
        private Upper() {}

        static void draw(Canvas canvas, Cloth cloth, double hem, double sleeve, double width) {
            double shoulder = 0.4 * width;
            double side = cloth.between(0.34, 0.44) * width;
            canvas.polygon(
                    cloth,
                    0.5,
                    -0.15,
                    -0.78,
                    0.15,
                    -0.78,
                    shoulder,
                    -0.66,
                    side,
                    0,
                    side * cloth.between(0.95, 1.15),
                    hem,
                    -side * cloth.between(0.95, 1.15),
                    hem,
                    -side,
                    0,
                    -shoulder,
                    -0.66);
            double spread = cloth.between(0.25, 0.5);
            double thickness = cloth.between(0.26, 0.36);
            Paint paint = cloth.darker(cloth.between(0.85, 1));
            double end = -0.55 + sleeve * 1.25;
            double out = shoulder + sleeve * spread;
            canvas.line(paint, thickness, -shoulder + 0.05, -0.52, -out, end);
            canvas.line(paint, thickness, shoulder - 0.05, -0.52, out, end);
        }

        static void neck(Canvas canvas, double width, double depth) {
            canvas.polygon((x, y) -> 0.03, 0.3, -width, -0.85, width, -0.85, 0, -0.78 + depth);
        }

        static void front(Canvas canvas, Cloth cloth, double thickness, double hem) {
            double shift = cloth.between(-0.06, 0.06);
            canvas.line(cloth.darker(cloth.between(0.25, 0.7)), thickness, shift, -0.7, shift, hem);
        }
    }

    /** A shoe seen from its side, the toe on the left. */
    private static final class Shoe {
        private Shoe() {}

        static void draw(Canvas canvas, Cloth cloth, double top) {
            double toe = cloth.between(0.1, 0.3);
            double throat = cloth.between(-0.1, 0.25);
            double shaft = cloth.between(0.75, 0.9);
            canvas.polygon(
                    cloth,
                    0.7,
                    -0.85,
                    toe + 0.1,
                    -0.6,
                    toe,
                    throat - 0.2,
                    toe - 0.2,
                    throat,
                    top,
                    shaft,
                    top,
                    shaft,
                    0.45,
                    -0.85,
                    0.45);
            canvas.line(cloth.darker(cloth.between(0.4, 1.3)), cloth.between(0.08, 0.2), -0.85, 0.48, 0.85, 0.48);
            if (cloth.chance(0.6)) {
                canvas.line(cloth.darker(0.5), 0.06, throat - 0.25, toe - 0.1, throat + 0.2, toe - 0.05);
            }
            if (cloth.chance(0.3)) {
                canvas.line(cloth, 0.2, shaft - 0.15, 0.5, shaft - 0.1, 0.7);
            }
        }
    }
}
